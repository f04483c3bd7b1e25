/* What a routing script can ask: sipward_check() and $sipward(...), in the native language and
 * through KEMI. */
#ifndef SIPWARD_EXAMPLES_KAMAILIO_SCRIPT_H_
#define SIPWARD_EXAMPLES_KAMAILIO_SCRIPT_H_

#include "core/kemi.h"
#include "core/pvar.h"
#include "core/sr_module.h"

extern cmd_export_t script_functions[];
extern pv_export_t script_variables[];
extern sr_kemi_t script_kemi[];

#endif /* SIPWARD_EXAMPLES_KAMAILIO_SCRIPT_H_ */
