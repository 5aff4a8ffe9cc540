/* SPDX-License-Identifier: Apache-2.0 */
/* xml.h - what parts of a Word file begin with. HTML() escapes text as XML needs it too. */
#ifndef TONGXIN_DOCUMENT_XML_H
#define TONGXIN_DOCUMENT_XML_H

#include "write/html.h"

#define XML_HEAD      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define XML_OFFICE    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define XML_PACKAGE   "http://schemas.openxmlformats.org/package/2006/"
#define XML_WORD      "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define XML_WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
/* Opens an element of the main name space. */
#define XML_WORD_ROOT(name) "<w:" name " xmlns:w=\"" XML_WORD "\" xmlns:r=\"" XML_OFFICE "\">"

#endif
