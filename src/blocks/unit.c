#include "blocks/unit.h"

/* Case matters: ms is not MS, and people write kB, KB and kb for the same thing. */
static const struct unit UNITS[] = {
	{ STR_INIT("ns"), DIMENSION_TIME, 1e-9, STR_INIT("s") },
	{ STR_INIT("us"), DIMENSION_TIME, 1e-6, STR_INIT("s") },
	{ STR_INIT("\302\265s"), DIMENSION_TIME, 1e-6, STR_INIT("s") },
	{ STR_INIT("\316\274s"), DIMENSION_TIME, 1e-6, STR_INIT("s") },
	{ STR_INIT("ms"), DIMENSION_TIME, 1e-3, STR_INIT("s") },
	{ STR_INIT("msec"), DIMENSION_TIME, 1e-3, STR_INIT("s") },
	{ STR_INIT("s"), DIMENSION_TIME, 1, STR_INIT("s") },
	{ STR_INIT("sec"), DIMENSION_TIME, 1, STR_INIT("s") },
	{ STR_INIT("secs"), DIMENSION_TIME, 1, STR_INIT("s") },
	{ STR_INIT("second"), DIMENSION_TIME, 1, STR_INIT("s") },
	{ STR_INIT("seconds"), DIMENSION_TIME, 1, STR_INIT("s") },
	{ STR_INIT("min"), DIMENSION_TIME, 60, STR_INIT("s") },
	{ STR_INIT("mins"), DIMENSION_TIME, 60, STR_INIT("s") },
	{ STR_INIT("minute"), DIMENSION_TIME, 60, STR_INIT("s") },
	{ STR_INIT("minutes"), DIMENSION_TIME, 60, STR_INIT("s") },
	{ STR_INIT("h"), DIMENSION_TIME, 3600, STR_INIT("s") },
	{ STR_INIT("hr"), DIMENSION_TIME, 3600, STR_INIT("s") },
	{ STR_INIT("hour"), DIMENSION_TIME, 3600, STR_INIT("s") },
	{ STR_INIT("hours"), DIMENSION_TIME, 3600, STR_INIT("s") },
	{ STR_INIT("day"), DIMENSION_TIME, 86400, STR_INIT("s") },
	{ STR_INIT("days"), DIMENSION_TIME, 86400, STR_INIT("s") },
	{ STR_INIT("B"), DIMENSION_BYTES, 1, STR_INIT("B") },
	{ STR_INIT("byte"), DIMENSION_BYTES, 1, STR_INIT("B") },
	{ STR_INIT("bytes"), DIMENSION_BYTES, 1, STR_INIT("B") },
	{ STR_INIT("kB"), DIMENSION_BYTES, 1e3, STR_INIT("B") },
	{ STR_INIT("KB"), DIMENSION_BYTES, 1e3, STR_INIT("B") },
	{ STR_INIT("kb"), DIMENSION_BYTES, 1e3, STR_INIT("B") },
	{ STR_INIT("MB"), DIMENSION_BYTES, 1e6, STR_INIT("B") },
	{ STR_INIT("mb"), DIMENSION_BYTES, 1e6, STR_INIT("B") },
	{ STR_INIT("GB"), DIMENSION_BYTES, 1e9, STR_INIT("B") },
	{ STR_INIT("gb"), DIMENSION_BYTES, 1e9, STR_INIT("B") },
	{ STR_INIT("TB"), DIMENSION_BYTES, 1e12, STR_INIT("B") },
	{ STR_INIT("KiB"), DIMENSION_BYTES, 1024., STR_INIT("B") },
	{ STR_INIT("MiB"), DIMENSION_BYTES, 1048576., STR_INIT("B") },
	{ STR_INIT("GiB"), DIMENSION_BYTES, 1073741824., STR_INIT("B") },
	{ STR_INIT("TiB"), DIMENSION_BYTES, 1099511627776., STR_INIT("B") },
	{ STR_INIT("rps"), DIMENSION_RATE, 1, STR_INIT("req/s") },
	{ STR_INIT("RPS"), DIMENSION_RATE, 1, STR_INIT("req/s") },
	{ STR_INIT("qps"), DIMENSION_RATE, 1, STR_INIT("queries/s") },
	{ STR_INIT("QPS"), DIMENSION_RATE, 1, STR_INIT("queries/s") },
	{ STR_INIT("tps"), DIMENSION_RATE, 1, STR_INIT("transactions/s") },
	{ STR_INIT("TPS"), DIMENSION_RATE, 1, STR_INIT("transactions/s") },
	{ STR_INIT("kbps"), DIMENSION_RATE, 1e3, STR_INIT("bit/s") },
	{ STR_INIT("Mbps"), DIMENSION_RATE, 1e6, STR_INIT("bit/s") },
	{ STR_INIT("Gbps"), DIMENSION_RATE, 1e9, STR_INIT("bit/s") },
	{ STR_INIT("percent"), DIMENSION_PERCENT, 1, STR_INIT("%") },
	{ STR_INIT("%"), DIMENSION_PERCENT, 1, STR_INIT("%") },
	{ STR_INIT("x"), DIMENSION_FACTOR, 1, STR_INIT("x") },
	{ STR_INIT("\303\227"), DIMENSION_FACTOR, 1, STR_INIT("x") },
	{ STR_INIT("times"), DIMENSION_FACTOR, 1, STR_INIT("x") },
	{ STR_INIT("USD"), DIMENSION_MONEY, 1, STR_INIT("$") },
	{ STR_INIT("EUR"), DIMENSION_MONEY, 1, STR_INIT("\342\202\254") },
	{ STR_INIT("GBP"), DIMENSION_MONEY, 1, STR_INIT("\302\243") },
};

const struct unit *unit_find(str word)
{
	for (size_t i = 0; word.len > 0 && i < sizeof(UNITS) / sizeof(UNITS[0]); i++)
		if (UNITS[i].word.ptr[0] == word.ptr[0] && str_eq(UNITS[i].word, word))
			return &UNITS[i];
	return NULL;
}
