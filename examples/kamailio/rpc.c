#include "core/rpc.h"

#include <sipward.h>
#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "rpc.h"
#include "shared.h"
#include "ward.h"

enum { MOST_BAN_SECONDS = 365 * 24 * 3600 };

/* Numbers that do not fit into an RPC's integers are texts. */
static void add_number(rpc_t* rpc, void* handle, const char* name, uint64_t value) {
  rpc->struct_printf(handle, (char*)name, "%llu", (unsigned long long)value);
}

static void rpc_reload(rpc_t* rpc, void* context) {
  char why[RULE_TEXTS_WHY_BYTES] = "";
  const uint32_t generation = ward_reload(why);
  if (generation == 0) {
    rpc->fault(context, 500, "the old rules go on: %s", why);
    return;
  }
  void* handle = NULL;
  if (rpc->add(context, "{", &handle) < 0) return;
  rpc->struct_add(handle, "d", "generation", (int)generation);
}

static void add_all(ward_counters* sum, const ward_counters* one) {
  sum->reload_failures += one->reload_failures;
  sum->messages += one->messages;
  sum->replies += one->replies;
  sum->dropped += one->dropped;
  sum->refused += one->refused;
  sum->banned += one->banned;
  sum->alerts += one->alerts;
  sum->malformed += one->malformed;
  for (int i = 0; i < 7; ++i) sum->by_action[i] += one->by_action[i];
}

static void rpc_stats(rpc_t* rpc, void* context) {
  ward_follow();
  ward_counters sum;
  memset(&sum, 0, sizeof sum);
  const ward_counters* one = NULL;
  for (int i = 0; (one = shared_of(i)) != NULL; ++i) add_all(&sum, one);
  void* handle = NULL;
  if (rpc->add(context, "{", &handle) < 0) return;
  add_number(rpc, handle, "messages", sum.messages);
  add_number(rpc, handle, "replies", sum.replies);
  for (uint32_t i = 0; i < 7; ++i) {
    add_number(rpc, handle, sipward_action_name(i), sum.by_action[i]);
  }
  add_number(rpc, handle, "dropped", sum.dropped);
  add_number(rpc, handle, "refused", sum.refused);
  add_number(rpc, handle, "banned", sum.banned);
  add_number(rpc, handle, "alerts", sum.alerts);
  add_number(rpc, handle, "malformed", sum.malformed);
  add_number(rpc, handle, "generation", shared_generation());
  add_number(rpc, handle, "reload_failures", sum.reload_failures);
  sipward_statistics found = {.struct_size = sizeof found};
  if (sipward_engine_statistics(ward_engine(), &found) != SIPWARD_OK) return;
  add_number(rpc, handle, "state_bytes", found.state_bytes);
  add_number(rpc, handle, "state_used", found.state_used);
}

static void rpc_workers(rpc_t* rpc, void* context) {
  const ward_counters* one = NULL;
  for (int i = 0; (one = shared_of(i)) != NULL; ++i) {
    if (one->pid == 0) continue;
    void* handle = NULL;
    if (rpc->add(context, "{", &handle) < 0) return;
    rpc->struct_add(handle, "dd", "pid", one->pid, "generation", (int)one->generation);
    add_number(rpc, handle, "messages", one->messages);
    add_number(rpc, handle, "dropped", one->dropped);
    add_number(rpc, handle, "refused", one->refused);
  }
}

static void rpc_ban(rpc_t* rpc, void* context) {
  static const char kReason[] = "operator";
  str address = STR_NULL;
  int seconds = 0;
  if (rpc->scan(context, "Sd", &address, &seconds) < 2 || seconds <= 0 ||
      seconds > MOST_BAN_SECONDS) {
    rpc->fault(context, 400, "usage: sipward.ban ADDRESS SECONDS (at most a year)");
    return;
  }
  const int32_t status = sipward_engine_ban_add(ward_engine(), SIPWARD_BAN_ADDRESS, address.s,
                                                (size_t)address.len, kReason, sizeof kReason - 1,
                                                (int64_t)seconds * 1000000000, ward_monotonic_ns());
  if (status != SIPWARD_OK) rpc->fault(context, 400, "%s", sipward_status_text(status));
}

static void rpc_unban(rpc_t* rpc, void* context) {
  str address = STR_NULL;
  if (rpc->scan(context, "S", &address) < 1) {
    rpc->fault(context, 400, "usage: sipward.unban ADDRESS");
    return;
  }
  const int32_t status = sipward_engine_ban_remove(ward_engine(), SIPWARD_BAN_ADDRESS, address.s,
                                                   (size_t)address.len, ward_monotonic_ns());
  if (status == SIPWARD_END) rpc->fault(context, 404, "it is not banned");
  if (status < 0) rpc->fault(context, 400, "%s", sipward_status_text(status));
}

static void rpc_bans(rpc_t* rpc, void* context) {
  const int64_t now = ward_monotonic_ns();
  uint64_t cursor = 0;
  sipward_ban ban = {.struct_size = sizeof ban};
  while (sipward_engine_ban_next(ward_engine(), now, &cursor, &ban) == SIPWARD_OK) {
    void* handle = NULL;
    if (rpc->add(context, "{", &handle) < 0) return;
    rpc->struct_printf(handle, "key", "%.*s", (int)ban.key_size, ban.key);
    rpc->struct_printf(handle, "reason", "%.*s", (int)ban.reason_size, ban.reason);
    rpc->struct_add(handle, "d", "seconds", (int)((ban.until_ns - now) / 1000000000));
  }
}

static const char* reload_doc[] = {"Reads the rule files again, for all processes.", 0};
static const char* stats_doc[] = {"What all processes together counted.", 0};
static const char* workers_doc[] = {"What each process counted, and the rules that it runs.", 0};
static const char* ban_doc[] = {"Bans an address, or the /24 or /64 that it is in, for seconds.",
                                0};
static const char* unban_doc[] = {"Takes a ban back.", 0};
static const char* bans_doc[] = {"Who is banned, why, and for how many seconds more.", 0};

rpc_export_t rpc_commands[] = {{"sipward.reload", rpc_reload, reload_doc, 0},
                               {"sipward.stats", rpc_stats, stats_doc, 0},
                               {"sipward.workers", rpc_workers, workers_doc, RET_ARRAY},
                               {"sipward.ban", rpc_ban, ban_doc, 0},
                               {"sipward.unban", rpc_unban, unban_doc, 0},
                               {"sipward.bans", rpc_bans, bans_doc, RET_ARRAY},
                               {0, 0, 0, 0}};
