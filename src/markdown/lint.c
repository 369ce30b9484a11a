/* Signs that a text was damaged on its way here: wrong encoding, lost fences. */
#include "markdown/document.h"

void lint_text(struct markdown *m)
{
	(void)m;
}
