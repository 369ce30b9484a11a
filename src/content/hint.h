/*
 * hint -- what an article's text could have, known before it is parsed.
 */
#ifndef CONTENT_HINT_H
#define CONTENT_HINT_H

#include "base/str.h"

/*
 * Could the text have a decision matrix? False is certain; true may turn out otherwise, when the
 * matrix is hidden or stands in a comment.
 */
bool hint_matrix(str body);

#endif
