/* The module as Kamailio sees it: its parameters, and when what happens. */
#include <sipward.h>
#include <string.h>

#include "core/dprint.h"
#include "core/pt.h"
#include "core/rpc_lookup.h"
#include "core/sr_module.h"
#include "hooks.h"
#include "rpc.h"
#include "script.h"
#include "shared.h"
#include "ward.h"

MODULE_VERSION

enum { DEFAULT_STATE_MIB = 64, LEAST_STATE_MIB = 1, MOST_STATE_MIB = 65536 };

static ward_settings settings = {.rules = {.default_pack = 1}, .state_mib = DEFAULT_STATE_MIB};
static char* mode = "enforce";
static int replies = 1;

/* modparam("sipward", "rules", FILE), as often as there are files. */
static int add_rule_file(modparam_t type, void* value) {
  (void)type;
  rule_source* rules = &settings.rules;
  if (rules->file_count == RULE_TEXTS_MOST_FILES) {
    LM_ERR("at most %d files of rules\n", RULE_TEXTS_MOST_FILES);
    return -1;
  }
  rules->files[rules->file_count++] = (const char*)value;
  return 0;
}

static param_export_t parameters[] = {
    {"rules", PARAM_STRING | PARAM_USE_FUNC, (void*)add_rule_file},
    {"default_pack", PARAM_INT, &settings.rules.default_pack},
    {"mode", PARAM_STRING, &mode},
    {"state_mib", PARAM_INT, &settings.state_mib},
    {"replies", PARAM_INT, &replies},
    {0, 0, 0}};

static int settings_are_usable(void) {
  settings.report_only = strcmp(mode, "report") == 0;
  if (!settings.report_only && strcmp(mode, "enforce") != 0) {
    LM_ERR("mode is `report` or `enforce`, not `%s`\n", mode);
    return 0;
  }
  if (settings.state_mib < LEAST_STATE_MIB || settings.state_mib > MOST_STATE_MIB) {
    LM_ERR("state_mib is from %d to %d\n", LEAST_STATE_MIB, MOST_STATE_MIB);
    return 0;
  }
  return 1;
}

/* In the main process, before any other is forked: all inherit the engine and the region that it
 * counts in. */
static int mod_init(void) {
  if (!settings_are_usable()) return -1;
  if (ward_create(&settings) != 0 || hooks_register(replies) != 0) return -1;
  return rpc_register_array(rpc_commands) == 0 ? 0 : -1;
}

static int child_init(int rank) {
  /* The number of processes is known, and none is forked yet. */
  return rank == PROC_INIT ? shared_make_room(get_max_procs()) : 0;
}

static void mod_destroy(void) {
  ward_destroy();
  shared_destroy();
}

struct module_exports exports = {"sipward",
                                 DEFAULT_DLFLAGS,
                                 script_functions,
                                 parameters,
                                 0 /* RPC: registered above */,
                                 script_variables,
                                 0 /* responses */,
                                 mod_init,
                                 child_init,
                                 mod_destroy};

/* Called before the parameters are read. */
int mod_register(char* path, int* flags, void* first, void* second) {
  (void)path;
  (void)flags;
  (void)first;
  (void)second;
  sr_kemi_modules_add(script_kemi);
  return 0;
}
