/* SPDX-License-Identifier: Apache-2.0 */
/* expect: MSG_no_such_message_anywhere */
#include "base/err.h"

bool refuse(Err *err);
bool refuse(Err *err)
{
    return err_set(err, ERR_INTERNAL, MSG_no_such_message_anywhere);
}
