/* SPDX-License-Identifier: Apache-2.0 */
/* ceiling.h - what an assessment may not count, whatever a city would like.
 *
 * Sources: 《整治形式主义为基层减负若干规定》 (中办、国办, 6 August 2024): leaders' instructions,
 * publication in journals and media, and whether meetings were held, photographs kept or study
 * notes made are no content of an assessment. 国办函〔2026〕12号: no check-in, no ranking by points,
 * no time online, no likes, forwards or learning time. Vetoes and bonuses are refused by their
 * keys, counts of what the public hands in by what the indicator counts, and records of kinds with
 * `never_scored` by their kind (build_assessment.c); this list is for what words alone tell.
 */
#ifndef TONGXIN_PROFILE_CEILING_H
#define TONGXIN_PROFILE_CEILING_H

#include "base/str.h"

/* True when the name or label says that something of the kind is counted; `*ret_word` is then the
 * word, a constant. Any bytes are accepted. Thread-safe. */
bool ceiling_refuses(Str text, Str *ret_word);

#endif
