package io.lossmith.autodiff;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers values by an owner, compared by identity, and a key: so many of them, the least
 * recently used forgotten beyond that. What was remembered for an owner goes when the owner does,
 * so values must not refer to it.
 */
final class WeakMemo<K, V> {
  private final Map<Place<K>, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final IntSupplier limit;

  /** Creates an empty memory; the limit is asked for whenever something is added. */
  WeakMemo(IntSupplier limit) {
    this.limit = limit;
  }

  /** Returns what is remembered, or makes it; makers may race, and then one result wins. */
  V get(Object owner, K key, Supplier<V> maker) {
    Place<K> place = new Place<>(owner, key, gone);
    V found = find(place);
    if (found != null) {
      return found;
    }
    int most = limit.getAsInt(); // before the maker works for nothing
    return keep(place, maker.get(), most);
  }

  /** Returns how many values are remembered. */
  synchronized int size() {
    forget();
    return values.size();
  }

  private synchronized @Nullable V find(Place<K> place) {
    return values.get(place);
  }

  private synchronized V keep(Place<K> place, V made, int most) {
    forget();
    V other = values.putIfAbsent(place, made);
    Iterator<Place<K>> eldest = values.keySet().iterator();
    while (values.size() > most) {
      eldest.next();
      eldest.remove();
    }
    return other == null ? made : other;
  }

  private void forget() {
    for (Reference<?> place = gone.poll(); place != null; place = gone.poll()) {
      values.remove(place);
    }
  }

  /** An owner and a key; equal to nothing but itself once the owner is gone. */
  private static final class Place<K> extends WeakReference<Object> {
    private final K key;
    private final int hash;

    Place(Object owner, K key, ReferenceQueue<Object> queue) {
      super(owner, queue);
      this.key = key;
      this.hash = 31 * System.identityHashCode(owner) + key.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object mine = get();
      return mine != null
          && other instanceof Place<?> place
          && mine == place.get()
          && key.equals(place.key);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
