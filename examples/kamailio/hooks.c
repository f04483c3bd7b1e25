#include "hooks.h"

#include <arpa/inet.h>
#include <string.h>
#include <time.h>

#include "core/dprint.h"
#include "core/events.h"
#include "core/ip_addr.h"
#include "shared.h"
#include "ward.h"

static ward_decision last;

static void fill_endpoint(const struct ip_addr* ip, unsigned port, sipward_endpoint* out) {
  memset(out, 0, sizeof *out);
  if (ip->af == AF_INET) {
    out->address[10] = out->address[11] = 0xFF;
    memcpy(out->address + 12, ip->u.addr, 4);
  } else {
    memcpy(out->address, ip->u.addr, 16);
  }
  out->port = (uint16_t)port;
}

static uint32_t transport_of(int protocol) {
  switch (protocol) {
    case PROTO_TCP:
      return SIPWARD_TRANSPORT_TCP;
    case PROTO_TLS:
      return SIPWARD_TRANSPORT_TLS;
    case PROTO_SCTP:
      return SIPWARD_TRANSPORT_SCTP;
    case PROTO_WS:
      return SIPWARD_TRANSPORT_WS;
    case PROTO_WSS:
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

/* Copies, since the texts of a verdict are gone once other rules are loaded. */
static void remember(const sipward_verdict* verdict) {
  last.action = verdict->action;
  last.sip_code = verdict->sip_code;
  last.score = verdict->score;
  last.flags = verdict->flags;
  copy_text(verdict->sip_reason, last.reason, sizeof last.reason);
  last.rule[0] = last.why[0] = last.tags[0] = '\0';
  for (uint32_t i = 0; i < verdict->hit_count; ++i) {
    const sipward_hit* hit = &verdict->hits[i];
    const int decides = hit->enforced && hit->action == verdict->action;
    if (!decides && i > 0) continue;
    copy_text(hit->rule, last.rule, sizeof last.rule);
    copy_text(hit->why, last.why, sizeof last.why);
    if (decides) break;
  }
  size_t used = 0;
  for (uint32_t i = 0; i < verdict->tag_count && used + 2 < sizeof last.tags; ++i) {
    if (used > 0) last.tags[used++] = ' ';
    copy_text(verdict->tags[i].text, last.tags + used, sizeof last.tags - used);
    used += strlen(last.tags + used);
  }
}

static void count(const sipward_verdict* verdict) {
  ward_counters* mine = shared_mine();
  ++mine->messages;
  ++mine->by_action[verdict->action];
  if (verdict->flags & SIPWARD_VERDICT_BANNED) ++mine->banned;
  if (verdict->flags & SIPWARD_VERDICT_ALERT) ++mine->alerts;
  if (verdict->parse_status < 0) ++mine->malformed;
}

/* A line for what is dropped, at most one a second: an attacker must not fill the log. */
static void tell_drop(const struct ip_addr* source) {
  static time_t told = 0;
  static unsigned untold = 0;
  const time_t now = time(NULL);
  if (now == told) {
    ++untold;
    return;
  }
  const char* banned = last.flags & SIPWARD_VERDICT_BANNED ? "banned before " : "";
  LM_NOTICE("dropped a message of %s: %s%s %s (since the last such line: %u more)\n",
            ip_addr2a((struct ip_addr*)source), banned, last.rule, last.why, untold);
  told = now;
  untold = 0;
}

static int on_data_in(sr_event_param_t* event) {
  str* data = (str*)event->data;
  const receive_info_t* from = event->rcv;
  last.buffer = NULL;
  if (from == NULL || data == NULL || data->len <= 0) return 0;
  ward_follow();
  sipward_packet packet = {.struct_size = sizeof packet,
                           .transport = transport_of(from->proto),
                           .direction = SIPWARD_DIRECTION_INBOUND,
                           .size = (uint64_t)data->len};
  fill_endpoint(&from->src_ip, from->src_port, &packet.source);
  fill_endpoint(&from->dst_ip, from->dst_port, &packet.destination);
  sipward_verdict verdict;
  if (ward_inspect(data->s, &packet, &verdict) != 0) return 0;
  count(&verdict);
  remember(&verdict);
  last.buffer = data->s;
  last.size = data->len;
  if (verdict.action == SIPWARD_ACTION_DROP) {
    ++shared_mine()->dropped;
    tell_drop(&from->src_ip);
    /* The core finds no message and gives up; what a hook returns is not looked at. */
    data->len = 0;
  }
  return 0;
}

/* Rules learn from answers whether a caller gets anywhere. They are never held back. */
static int on_data_out(sr_event_param_t* event) {
  static const char kStatusLine[] = "SIP/2.0 ";
  const str* data = (const str*)event->data;
  const dest_info_t* to = event->dst;
  if (to == NULL || to->send_sock == NULL || data == NULL) return 0;
  if (data->len < (int)sizeof kStatusLine || memcmp(data->s, kStatusLine, sizeof kStatusLine - 1)) {
    return 0;
  }
  sipward_packet packet = {.struct_size = sizeof packet,
                           .transport = transport_of(to->proto),
                           .direction = SIPWARD_DIRECTION_OUTBOUND,
                           .size = (uint64_t)data->len};
  struct ip_addr peer;
  su2ip_addr(&peer, (union sockaddr_union*)&to->to);
  fill_endpoint(&to->send_sock->address, to->send_sock->port_no, &packet.source);
  fill_endpoint(&peer, su_getport(&to->to), &packet.destination);
  sipward_verdict verdict;
  if (ward_inspect(data->s, &packet, &verdict) == 0) ++shared_mine()->replies;
  return 0;
}

int hooks_register(int replies) {
  if (sr_event_register_cb(SREV_NET_DATA_IN, on_data_in) != 0) return -1;
  if (replies && sr_event_register_cb(SREV_NET_DATA_OUT, on_data_out) != 0) return -1;
  return 0;
}

const ward_decision* hooks_last(void) { return &last; }
