/*
 * ring -- a queue of fixed size; it exists to show a lexer most of C.
 * Block comments do not nest: /* is nothing special, "quotes" neither.
 */
#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "ring.h"

#define RING_SIZE 64u
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define LOG(fmt, ...) \
	fprintf(stderr, "%s:%d: " fmt "\n", __FILE__, __LINE__, __VA_ARGS__)

#if defined(__GNUC__) && __GNUC__ >= 4
#  define UNUSED __attribute__((unused))
#elif defined(_MSC_VER)
#  define UNUSED
#else
#  error "which compiler is this?"
#endif

// A line comment that goes on \
   behind a backslash
enum color {
	COLOR_RED,
	COLOR_GREEN = 1 << 3,
	COLOR_BLUE = 0x7fL,
};

typedef struct ring ring_t;
typedef int (*compare_fn)(const void *, const void *);

union number {
	uint64_t u;
	double d;
	unsigned char bytes[sizeof(double)];
};

struct ring {
	size_t head, tail;
	enum color color : 4;
	unsigned flags : 12;
	union number slot[RING_SIZE];
	struct ring *next;
	volatile int lock;
	char name[];
};

static const unsigned long masks[] = {
	0, 1, 017, 0755, 0xff, 0XFFul, 123456789UL, 42u, 0x0ULL, 1000000LL,
};
static const double reals[] = {
	1.0, .5, 10., 1e10, 2.5e-3, 1E+6, 3.14f, 0x1.8p3, 6.02e23L,
};
static const char letters[] = {
	'a', '\n', '\'', '"', '\\', '\0', '\x41', '\101', '?',
};
static const char *const texts[] = {
	"plain", "tab\t and \"quotes\"", "hex \x1b[0m", "octal \033", "// no comment",
	"/* nor this */", "two " "parts", "ends in a backslash \\", "%d items, 100%% of %-10s",
	"a long one \
that goes on",
};

static inline bool ring_empty(const ring_t *r)
{
	return r->head == r->tail;
}

/* The next free slot, or NULL when all are taken. */
static union number *ring_slot(ring_t *restrict r)
{
	size_t next = (r->head + 1) % RING_SIZE;

	if (next == r->tail)
		return NULL;
	r->head = next;
	return &r->slot[next];
}

int ring_push(ring_t *r, double value)
{
	union number *slot;

	assert(r != NULL);
	slot = ring_slot(r);
	if (!slot) {
		errno = ENOSPC;
		return -1;
	}
	slot->d = value;
	return 0;
}

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static unsigned hash(const char *s)
{
	register unsigned h = 5381;
	int c;

	while ((c = *s++) != '\0')
		h = (h << 5) + h ^ (unsigned)c; /* h * 33 ^ c */
	return h & ~0u;
}

static const char *color_name(enum color color)
{
	switch (color) {
	case COLOR_RED:
		return "red";
	case COLOR_GREEN: {
		static char buffer[8];

		snprintf(buffer, sizeof buffer, "%s", "green");
		return buffer;
	}
	case COLOR_BLUE:
	default:
		break;
	}
	return "blue";
}

static long sum(int count, ...)
{
	long total = 0;

	do {
		total += count--;
		if (total < 0)
			continue;
	} while (count > 0);
	return total / 2; // a comment behind a division
}

static void *copy(const void *from, size_t n)
{
	void *to = malloc(n ? n : 1);

	if (to == NULL)
		goto fail;
	return memcpy(to, from, n);
fail:
	perror("malloc");
	exit(EXIT_FAILURE);
}

struct point {
	float x, y;
};

static struct point origin = { .x = 0.0f, .y = -0.0f };

static int points(void)
{
	struct point list[3] = { [0] = { 1, 2 }, [2] = { .x = 3 } };
	struct point *p = &(struct point){ 4.5f, 5 };
	signed char small = -128;
	unsigned short int medium = 65535U;
	long long large = 1LL << 40;
	_Bool flag = !small;

	for (int i = 0; i < 3; ++i)
		p->x += list[i].x * (i & 1 ? 1 : -1);
	return (int)(p->x + medium % 7 + (large >> 38) + flag + (int)origin.x);
}

_Static_assert(sizeof(int) >= 2, "int is too small");

int main(int argc, char **argv)
{
	ring_t *r = calloc(1, sizeof(*r) + 16);
	double values[] = { 3.5, -1, 2e2 };
	extern char **environ;

	if (!r)
		return EXIT_FAILURE;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (ring_push(r, values[i]) < 0)
			LOG("slot %zu: %s", i, strerror(errno));
	qsort(values, 3, sizeof(double), compare);
	printf("%s %u %ld %d %c\n", color_name(COLOR_BLUE), hash(argv[0]), sum(argc), points(),
		letters[2]);
	free(copy(texts, sizeof(texts)));
	free(r);
	return masks[0] == 0 && reals[0] > 0.0 && environ ? 0 : 1;
}
