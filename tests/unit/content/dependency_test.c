#include "unit/suite.h"

#include "base/arena.h"
#include "content/dependency.h"

static struct arena a;

static bool reads(const char *word, enum package_client client, struct dependency *out)
{
	struct diags d = { .arena = &a };
	bool fine = dependency_read(str_c(word), client, (loc){ 0 }, out, &a, &d);

	ck_assert_msg(fine == (d.errors == 0), "%s", word);
	return fine;
}

static void all_are_read(const char *const *words, size_t count, enum package_client client, bool wanted)
{
	struct dependency out;

	for (size_t i = 0; i < count; i++)
		ck_assert_msg(reads(words[i], client, &out) == wanted, "%s", words[i]);
}

#define ALL(words, client, wanted) all_are_read(words, sizeof(words) / sizeof((words)[0]), client, wanted)

START_TEST(modules_of_go_have_a_host_and_a_version)
{
	static const char *const fine[] = { "gin", "chi@v5.0.1", "golang.org/x/text", "example.org/A/b~c@v0.0.0-2024-abc+incompatible",
		"github.com/labstack/echo/v4@v4.12.0" };
	struct dependency out;

	ALL(fine, PACKAGES_GO, true);
	ck_assert(reads("gin@v1.10.0", PACKAGES_GO, &out));
	ck_assert(str_eq(out.name, STR("github.com/gin-gonic/gin")) && str_eq(out.version, STR("v1.10.0")));
	ck_assert(str_eq(out.word, STR("github.com/gin-gonic/gin@v1.10.0")));
}
END_TEST

START_TEST(packages_have_a_name_and_one_version)
{
	static const char *const pip[] = { "flask", "Flask==3.0.3", "zope.interface==7.0", "uvicorn[standard]==0.30.1", "a==1!2.0.post1" };
	static const char *const npm[] = { "express", "express@4.19.2", "@types/node@20.1.0", "@a/b", "x@1.0.0-rc.1" };
	struct dependency out;

	ALL(pip, PACKAGES_PIP, true);
	ALL(npm, PACKAGES_NPM, true);
	ck_assert(reads("@types/node@20.1.0", PACKAGES_NPM, &out));
	ck_assert(str_eq(out.name, STR("@types/node")) && str_eq(out.version, STR("20.1.0")));
}
END_TEST

/* What a client would take for an option, an address, a path, or more than one version. */
START_TEST(anything_else_is_refused)
{
	static const char *const hostile[] = { "", "-rf", "--index-url=x", "../x", "./x", "/etc/passwd", "x/../../y", "https://example.org/x",
		"git+ssh://git@example.org/x", "git+https://example.org/x", "file:x", "x;y", "$(id)", "`id`", "a b", "a\nb", "@", "@/", "a@", "a==",
		"==1", "x@file:y", "x@npm:y", "x@git+ssh://y", "x@../y", "x@https://y", "a%2fb", "-", ".", "..", "~", "x@-1", "\xff" };
	static const char *const go[] = { "localhost/x@v1.0.0", "github.com", "github.com/", "github.com//x", "GitHub.com/x/y", "github.com/x@1.0.0",
		"github.com/x@latest", "github.com/x@master", "github.com/x@v1.0.0@v2.0.0", "github.com/-x", "gin@none", "github.com/.x/y" };
	static const char *const pip[] = { "flask>=3", "flask~=3.0", "flask==3.*", "flask @ https://x", "flask[", "flask[]", "flask[-x]", "-e", "a==-1" };
	static const char *const npm[] = { "express@^4", "express@~4", "express@latest", "express@*", "Express", "@a", "@a/b/c", "user/repo", "_x" };

	for (int client = PACKAGES_GO; client <= PACKAGES_NPM; client++)
		ALL(hostile, (enum package_client)client, false);
	ALL(go, PACKAGES_GO, false);
	ALL(pip, PACKAGES_PIP, false);
	ALL(npm, PACKAGES_NPM, false);
}
END_TEST

SUITE("dependency", modules_of_go_have_a_host_and_a_version, packages_have_a_name_and_one_version, anything_else_is_refused)
