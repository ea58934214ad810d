package io.lossmith.autodiff;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers values by an owner, told apart by identity, and a key. What was remembered for an owner
 * goes when the owner does, so values must not refer to it.
 */
final class Memo<K, V> {
  private final Map<Owner, Map<K, V>> owners = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  /** Returns what is remembered, or makes it; makers may race, and then one result wins. */
  V get(Object owner, K key, Supplier<V> maker) {
    forget();
    Map<K, V> values = owners.get(new Owner(owner, null));
    if (values == null) {
      Map<K, V> fresh = new ConcurrentHashMap<>();
      Map<K, V> other = owners.putIfAbsent(new Owner(owner, gone), fresh);
      values = other == null ? fresh : other;
    }
    V found = values.get(key);
    if (found != null) {
      return found;
    }
    V made = maker.get();
    V other = values.putIfAbsent(key, made);
    return other == null ? made : other;
  }

  /** Returns how many owners are remembered. */
  int size() {
    forget();
    return owners.size();
  }

  private void forget() {
    for (Reference<?> owner = gone.poll(); owner != null; owner = gone.poll()) {
      owners.remove((Owner) owner);
    }
  }

  private static final class Owner extends WeakReference<Object> {
    private final int hash;

    Owner(Object owner, @Nullable ReferenceQueue<Object> queue) {
      super(owner, queue);
      this.hash = System.identityHashCode(owner);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object mine = get();
      return mine != null && other instanceof Owner && mine == ((Owner) other).get();
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
