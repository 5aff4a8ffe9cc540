/* SPDX-License-Identifier: Apache-2.0 */
/* docx.h - the parts of a Word file (ISO/IEC 29500-1), each a whole XML document in `arena`. */
#ifndef TONGXIN_DOCUMENT_DOCX_H
#define TONGXIN_DOCUMENT_DOCX_H

#include "write/paper.h"

/* word/styles.xml: one style for each PaperType and level, so that whoever edits the file changes
 * a style and not each paragraph. */
Str docx_styles(Arena *arena, const Paper *paper);
/* word/fontTable.xml: the fonts that the standard names, and what stands in for them. */
Str docx_fonts(Arena *arena);
/* word/document.xml. Pictures of QR codes are rId101, rId102, … in order of their blocks. */
Str docx_body(Arena *arena, const Paper *paper);

#define DOCX_PICTURE_FIRST 101

#endif
