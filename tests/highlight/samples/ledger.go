// Package ledger keeps accounts in memory; it exists to show a lexer most of Go.
package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

/*
Block comments do not nest in Go: /* is nothing special here,
and "quotes" or `backticks` neither.
*/

// Kinds of entries.
const (
	Debit Kind = iota + 1
	Credit
	_
	Correction // the zero Kind is none of these
)

const (
	KB = 1 << (10 * (iota + 1))
	MB
)

const (
	Avogadro  = 6.022_140_76e23
	Tiny      = 1e-9
	Half      = .5
	Whole     = 1.
	HexFloat  = 0x1.8p-3
	Mask      = 0xFF_FF
	Octal     = 0o755
	OldOctal  = 0644
	Bits      = 0b1010_0101
	Imaginary = 3.5i
	Big       = 1_000_000
)

var runes = []rune{'a', '\n', '\'', '\\', '\x41', '\u00e9', '\U0001F600', '世', '"'}

var text = "quotes \"inside\", tab\t, // no comment, 'single', \u2028 and \101"

var raw = `raw: no \n escape, "quotes" and // slashes
over two lines, /* even this */
`

// ErrFunds says that an account would be overdrawn.
var ErrFunds = errors.New("ledger: insufficient funds")

type Kind uint8

func (k Kind) String() string {
	switch k {
	case Debit:
		return "debit"
	case Credit:
		return "credit"
	default:
		return fmt.Sprintf("Kind(%d)", uint8(k))
	}
}

type Number interface {
	~int | ~int64 | ~float64
}

type Entry[T Number] struct {
	ID      uint64            `json:"id"`
	Amount  T                 `json:"amount,omitempty"`
	Kind    Kind              `json:"kind"`
	When    time.Time         `json:"when"`
	Labels  map[string]string `json:"labels"`
	private bool
	done    chan struct{}
	next    *Entry[T]
}

type Store[T Number] interface {
	io.Closer
	Add(ctx context.Context, e Entry[T]) error
	Each(func(Entry[T]) bool)
}

type memory[T Number] struct {
	mu      sync.RWMutex
	entries []Entry[T]
	total   T
	once    sync.Once
}

// New makes an empty store.
func New[T Number](size int) Store[T] {
	return &memory[T]{entries: make([]Entry[T], 0, size)}
}

func (m *memory[T]) Close() error { return nil }

func (m *memory[T]) Add(ctx context.Context, e Entry[T]) (err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("add %d: %v", e.ID, r)
		}
	}()

	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(5 * time.Millisecond):
	default:
	}
	if e.Kind == Debit && m.total-e.Amount < 0 {
		return fmt.Errorf("%w: have %v, need %v", ErrFunds, m.total, e.Amount)
	}
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory[T]) Each(yield func(Entry[T]) bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for i := range m.entries {
		if !yield(m.entries[i]) {
			break
		}
	}
}

func sum[T Number](values ...T) (total T) {
	for _, v := range values {
		total += v
	}
	return
}

func classify(v any) string {
	switch x := v.(type) {
	case nil:
		return "nothing"
	case bool, string:
		return fmt.Sprint(x)
	case int, int8, int16, int32, int64:
		return "a number"
	case []byte:
		return string(x)
	case error:
		return x.Error()
	case func() error:
		return "a function"
	}
	return `something "else"`
}

func search(matrix [][]float64, want float64) (row, col int, ok bool) {
outer:
	for row = 0; row < len(matrix); row++ {
		for col = 0; col < len(matrix[row]); col++ {
			switch {
			case matrix[row][col] == want:
				ok = true
				break outer
			case math.IsNaN(matrix[row][col]):
				continue outer
			}
			if col > 1<<20 {
				goto done
			}
		}
	}
done:
	return row, col, ok
}

func produce(n int) <-chan int {
	out := make(chan int, n)
	go func() {
		defer close(out)
		for i := 0; i < n; i++ {
			out <- i * i
		}
	}()
	return out
}

func bits(a, b uint) uint {
	a &^= b
	a |= b<<3 ^ a>>2
	a %= 7
	a /= 2 // a comment behind a division: a / b
	return a &^ b
}

func Example() {
	store := New[float64](16)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()

	for i, amount := range []float64{1.5, -2, 3e2, 0.25e-1} {
		e := Entry[float64]{ID: uint64(i), Amount: amount, Kind: Credit}
		e.Labels = map[string]string{"note": "№ " + strings.Repeat("*", i)}
		if err := store.Add(ctx, e); errors.Is(err, ErrFunds) {
			fmt.Fprintln(os.Stderr, err)
			continue
		} else if err != nil {
			panic(err)
		}
	}
	var names []string
	store.Each(func(e Entry[float64]) bool {
		b, _ := json.Marshal(e)
		names = append(names, string(b))
		return true
	})
	sort.Slice(names, func(i, j int) bool { return names[i] < names[j] })
	fmt.Printf("%v %08b %q %c\n", names, Bits, 'x', runes[len(runes)-1])
	fmt.Println(sum(1, 2, 3), min(4, 5), max(1.5, 2), classify(produce(3)), bits(9, 3))
	fmt.Println(cap(names), complex(1, 2), real(3i), copy(names, nil), text, raw)
}
