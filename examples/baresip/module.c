/* baresip asks sipward about every SIP message, and answers requests that are refused before it
 * looks at them itself.
 *
 * baresip has no headers in Debian. A module needs none but those of libre: its form is struct
 * mod_export. Two functions of the program are declared here. */
#include <re.h>
#include <sipward.h>
#include <string.h>
#include <time.h>

#include "phone.h"

struct sip* uag_sip(void);
struct conf* conf_cur(void);

static sipward_inspector* inspector = NULL;
static struct sip_lsnr* listener = NULL;

/* On the message that libre hands out next. */
static struct {
  const uint8_t* bytes; /* NULL: none */
  uint32_t action;
  uint16_t code;
  char reason[128];
  char rule[128];
} decision;

static int64_t now_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void fill_endpoint(const struct sa* address, sipward_endpoint* out) {
  memset(out, 0, sizeof *out);
  if (sa_af(address) == AF_INET6) {
    sa_in6(address, out->address);
  } else {
    const uint32_t ip = sa_in(address);
    out->address[10] = out->address[11] = 0xFF;
    for (unsigned i = 0; i < 4; ++i) out->address[12 + i] = (uint8_t)(ip >> (24 - 8 * i));
  }
  out->port = sa_port(address);
}

static uint32_t transport_of(enum sip_transp transport) {
  switch (transport) {
    case SIP_TRANSP_TCP:
      return SIPWARD_TRANSPORT_TCP;
    case SIP_TRANSP_TLS:
      return SIPWARD_TRANSPORT_TLS;
    case SIP_TRANSP_WS:
      return SIPWARD_TRANSPORT_WS;
    case SIP_TRANSP_WSS:
      return SIPWARD_TRANSPORT_WSS;
    default:
      return SIPWARD_TRANSPORT_UDP;
  }
}

static void copy_text(sipward_text text, char* out, size_t capacity) {
  const size_t size = text.size < capacity ? text.size : capacity - 1;
  if (size > 0) memcpy(out, text.data, size);
  out[size] = '\0';
}

static void decide(const uint8_t* bytes, const sipward_verdict* verdict) {
  static const sipward_text kForbidden = {"Forbidden", 9};
  const sipward_text none = {NULL, 0};
  decision.bytes = bytes;
  decision.action = verdict->action;
  decision.code = (uint16_t)(verdict->sip_code != 0 ? verdict->sip_code : 403);
  copy_text(verdict->sip_code != 0 ? verdict->sip_reason : kForbidden, decision.reason,
            sizeof decision.reason);
  copy_text(verdict->hit_count > 0 ? verdict->hits[0].rule : none, decision.rule,
            sizeof decision.rule);
}

/* libre shows every message here first. Those that leave count as well: what was answered is what
 * rules know a caller by. */
static void on_trace(bool sent, enum sip_transp transport, const struct sa* source,
                     const struct sa* destination, const uint8_t* bytes, size_t size, void* arg) {
  (void)arg;
  const char* base = (const char*)bytes;
  sipward_packet packet = {.struct_size = sizeof packet,
                           .transport = transport_of(transport),
                           .size = size,
                           .wall_ns = now_ns(CLOCK_REALTIME),
                           .monotonic_ns = now_ns(CLOCK_MONOTONIC)};
  packet.direction = sent ? SIPWARD_DIRECTION_OUTBOUND : SIPWARD_DIRECTION_INBOUND;
  fill_endpoint(source, &packet.source);
  fill_endpoint(destination, &packet.destination);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  if (!sent) decision.bytes = NULL;
  if (sipward_inspector_inspect(inspector, base, &packet, &verdict) != SIPWARD_OK) return;
  /* A certificate that is not here is not waited for: the rules see `pending`. */
  if ((verdict.flags & SIPWARD_VERDICT_PENDING) != 0 &&
      sipward_inspector_resume(inspector, base, &packet, verdict.ticket, &verdict) != SIPWARD_OK) {
    return;
  }
  if (!sent) decide(bytes, &verdict);
}

/* Whether the decision is on this message: its bytes lie in its buffer. */
static bool is_decided(const struct sip_msg* message) {
  const uint8_t* begin = message->mb->buf;
  return decision.bytes != NULL && decision.bytes >= begin &&
         decision.bytes < begin + message->mb->end;
}

/* Before every other listener. True: the message goes no further. */
static bool on_request(const struct sip_msg* message, void* arg) {
  (void)arg;
  if (!is_decided(message) || decision.action < SIPWARD_ACTION_CHALLENGE) return false;
  (void)re_fprintf(stderr, "sipward: %s %r of %r from %J: %s\n",
                   sipward_action_name(decision.action), &message->met, &message->from.auri,
                   &message->src, decision.rule);
  /* An answer would tell a scanner that somebody is here; an ACK has none (RFC 3261 section 17). */
  if (decision.action < SIPWARD_ACTION_DROP && pl_strcmp(&message->met, "ACK") != 0) {
    (void)sip_reply(uag_sip(), message, decision.code, decision.reason);
  }
  return true;
}

/* libre asks its listeners in the order in which they came, and baresip's own came first. A
 * listener begins with its place in that list, which no header says: so it is looked at before it
 * is believed. */
static int go_first(struct sip_lsnr* mine) {
  struct le* place = (struct le*)mine;
  struct list* all = place->list;
  if (place->data != mine || all == NULL || list_tail(all) != place) return ENOSYS;
  list_unlink(place);
  list_prepend(all, place, mine);
  return 0;
}

static int module_start(void) {
  if (uag_sip() == NULL) return EINVAL;
  inspector = phone_create(conf_cur());
  if (inspector == NULL) return EINVAL;
  int error = sip_listen(&listener, uag_sip(), true, on_request, NULL);
  if (error == 0) error = go_first(listener);
  if (error == 0) sip_set_trace_handler(uag_sip(), on_trace);
  return error;
}

static int module_stop(void) {
  if (uag_sip() != NULL) sip_set_trace_handler(uag_sip(), NULL);
  listener = mem_deref(listener);
  sipward_inspector_destroy(inspector);
  inspector = NULL;
  return 0;
}

EXPORT_SYM const struct mod_export exports = {"sipward", "application", module_start, module_stop};
