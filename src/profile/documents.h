/* SPDX-License-Identifier: Apache-2.0 */
/* documents.h - from a bundle to merged definitions. */
#ifndef TONGXIN_PROFILE_DOCUMENTS_H
#define TONGXIN_PROFILE_DOCUMENTS_H

#include "profile/fault.h"

#define BUNDLE_BYTES_MAX ((size_t)8 * 1024 * 1024)

/* Splits the bundle into sources, parses every file, merges definitions by head and name over the
 * layers. False when a file could not be read: building on half a profile would only report what
 * follows from that. */
NODISCARD bool documents_read(Load *load, Str bundle);
/* The first step alone: the files of a bundle. False when the text is no bundle. */
bool sources_split(Load *load, Str bundle);
/* The merged definition, or NULL. */
const Document *document_find(const Load *load, Head head, Str name);
/* Names of all definitions of a head, for hints. */
StrVec document_names(const Load *load, Head head);

/* Mistakes in the keys of the profile document itself (build_basic.c). */
void check_profile_keys(Load *load, const Node *node);

#endif
