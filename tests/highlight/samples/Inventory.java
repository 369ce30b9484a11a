package org.example.inventory;

import java.io.IOException;
import java.util.*;
import java.util.function.Function;
import java.util.stream.Collectors;
import static java.lang.Math.max;

/**
 * An inventory; it exists to show a lexer most of Java.
 *
 * @param <T> what is kept; {@code "quotes"} are nothing special here
 */
@SuppressWarnings({"unchecked", "unused"})
public abstract class Inventory<T extends Comparable<? super T>> implements Iterable<T>, AutoCloseable {
    /* Block comments do not nest: /* is nothing special. */
    private static final long serialVersionUID = 0x1234_5678_9ABC_DEF0L;
    protected static final int LIMIT = 1_000_000;
    public static final double RATE = 1.5e-3, HALF = .5, WHOLE = 2., HEX = 0x1.8p1;
    static final float SMALL = 3.14f, TINY = 1e-9F;
    static final byte MASK = (byte) 0b1010_0101;
    static final int OCTAL = 0755;
    static final char[] CHARS = {'a', '\n', '\'', '"', '\\', '\u00e9', '\101', '\0'};

    static final String PLAIN = "tab\t, \"quotes\", 'single', // no comment, \u2028, \\";
    static final String BLOCK = """
            {
              "name": "text block",
              'single': "and \""" inside"
            }
            """;

    private final Map<String, List<T>> shelves = new TreeMap<>();
    private transient volatile int changes;
    private T[] cache;

    public enum Kind {
        TOOL("t", 1), PART("p", 2) {
            @Override
            int weight() {
                return 10;
            }
        };

        private final String code;
        final int order;

        Kind(String code, int order) {
            this.code = code;
            this.order = order;
        }

        int weight() {
            return order << 2;
        }
    }

    public sealed interface Shape permits Circle, Square {
        double area();

        default String label() {
            return getClass().getSimpleName() + ": " + area();
        }
    }

    public record Circle(double radius) implements Shape {
        public Circle {
            if (radius < 0) {
                throw new IllegalArgumentException("negative: " + radius);
            }
        }

        @Override
        public double area() {
            return Math.PI * radius * radius;
        }
    }

    public record Square(double side) implements Shape {
        public double area() {
            return side * side;
        }
    }

    @FunctionalInterface
    interface Check<A, B extends A> {
        boolean test(A a, B b) throws IOException;
    }

    @interface Audited {
        String value() default "nobody";

        int[] levels() default {1, 2};
    }

    static {
        System.loadLibrary("none");
    }

    protected Inventory() {
        super();
        this.changes = 0;
    }

    public synchronized boolean add(final String shelf, T item, T... more) {
        Objects.requireNonNull(item, "item");
        List<T> list = shelves.computeIfAbsent(shelf, k -> new ArrayList<>());
        list.add(item);
        for (T extra : more) {
            list.add(extra);
        }
        changes += 1 + more.length;
        return !list.isEmpty();
    }

    @Audited(value = "me", levels = {3})
    public Optional<T> largest() {
        return shelves.values().stream()
                .flatMap(List::stream)
                .filter(x -> x != null)
                .max(Comparator.naturalOrder());
    }

    public <R> List<R> map(Function<? super T, ? extends R> f) {
        return shelves.values().stream().flatMap(Collection::stream).map(f).collect(Collectors.toList());
    }

    static String describe(Object o) {
        if (o instanceof Circle c && c.radius() > 1) {
            return "circle " + c.radius();
        }
        return switch (o) {
            case null -> "nothing";
            case Integer i -> "int " + (i / 2); // a comment behind a division
            case String s -> {
                String t = s.strip();
                yield t.isEmpty() ? "empty" : t;
            }
            default -> o.toString();
        };
    }

    static int day(String name) {
        switch (name) {
            case "mon":
            case "tue":
                return 1;
            default:
                break;
        }
        return -1;
    }

    static long bits(long a, int b) {
        long r = a & 0xFFL | b ^ 3;
        r <<= 2;
        r >>>= 1;
        r %= 7L;
        return ~r >> 1;
    }

    native int size();

    abstract void sort(Comparator<T> by) throws IllegalStateException;

    @Override
    public Iterator<T> iterator() {
        return new Iterator<T>() {
            private int at = 0;

            @Override
            public boolean hasNext() {
                return at < cache.length;
            }

            @Override
            public T next() {
                return cache[at++];
            }
        };
    }

    @Override
    public void close() throws IOException {
        assert changes >= 0 : "changes: " + changes;
        try (var in = new Scanner(System.in)) {
            outer:
            while (true) {
                do {
                    if (!in.hasNext()) {
                        break outer;
                    }
                } while (in.next().length() < 3);
                continue outer;
            }
        } catch (IllegalStateException | NoSuchElementException e) {
            throw new IOException(e);
        } finally {
            cache = null;
        }
    }

    strictfp double mean(double... values) {
        double total = 0.0d;
        for (int i = 0; i < values.length; ++i) {
            total += values[i];
        }
        return values.length == 0 ? Double.NaN : total / values.length;
    }

    public static void main(String[] args) throws Exception {
        Runnable r = () -> System.out.printf("%d%% of %s%n", 100, "all");
        r.run();
        Class<?> type = int[].class;
        boolean yes = true, no = false;
        var list = List.of(1, 2, 3);
        System.out.println(max(1, list.size()) + describe(new Circle(2)) + day("mon") + yes + no + type);
        synchronized (list) {
            System.out.println(bits(1L, 'x') + PLAIN + BLOCK);
        }
    }
}
