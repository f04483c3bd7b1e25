/* A pjsip module in front of all others: every request is judged on its bytes, and refused here or
 * passed on. */
#include <string.h>

#include "../guard.h"
#ifdef SIPWARD_WITH_PJSIP
#include <pjsip.h>
#define RECEIVED_FROM(rdata) (&(rdata)->pkt_info.src_addr)
#define RECEIVED_AT(rdata) (&(rdata)->tp_info.transport->local_addr)
#else
#include "declarations.h"
#endif

int sipward_pjsip_start(pjsip_endpoint* endpoint, const char* rule_file);
void sipward_pjsip_stop(void);

static pjsip_endpoint* endpoint_of_module = NULL;

static sipward_endpoint endpoint_of(const pj_sockaddr* address) {
  sipward_endpoint out = {.port = pj_sockaddr_get_port(address)};
  const void* ip = pj_sockaddr_get_addr(address);
  if (pj_sockaddr_get_addr_len(address) == sizeof out.address) {
    memcpy(out.address, ip, sizeof out.address);
  } else {
    out.address[10] = out.address[11] = 0xFF;
    memcpy(out.address + 12, ip, 4);
  }
  return out;
}

static uint32_t transport_of(long type) {
  /* Types of IPv6 have a bit of their own above these. */
  switch (type & 0x7F) {
    case PJSIP_TRANSPORT_TCP:
      return SIPWARD_TRANSPORT_TCP;
    case PJSIP_TRANSPORT_TLS:
      return SIPWARD_TRANSPORT_TLS;
    default:
      return SIPWARD_TRANSPORT_UDP;
  }
}

/* PJ_TRUE: handled, no other module sees it. */
static pj_bool_t on_rx_request(pjsip_rx_data* rdata) {
  sipward_packet packet = {.struct_size = sizeof packet,
                           .transport = transport_of(rdata->tp_info.transport->key.type),
                           .direction = SIPWARD_DIRECTION_INBOUND,
                           .size = (uint64_t)rdata->msg_info.len,
                           .source = endpoint_of(RECEIVED_FROM(rdata)),
                           .destination = endpoint_of(RECEIVED_AT(rdata))};
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  if (guard_inspect(rdata->msg_info.msg_buf, &packet, &verdict) != SIPWARD_OK) return PJ_FALSE;
  if (verdict.action < SIPWARD_ACTION_CHALLENGE) return PJ_FALSE;
  /* An ACK has no answer, and whom a rule drops gets none. */
  if (verdict.action != SIPWARD_ACTION_DROP &&
      rdata->msg_info.msg->line.req.method.id != PJSIP_ACK_METHOD) {
    char reason[128];
    guard_reason(&verdict, reason, sizeof reason);
    const pj_str_t text = pj_str(reason);
    pjsip_endpt_respond_stateless(endpoint_of_module, rdata, guard_code(&verdict), &text, NULL,
                                  NULL);
  }
  return PJ_TRUE;
}

/* Lower numbers come first: before PJSIP_MOD_PRIORITY_TRANSPORT_LAYER (8). */
static pjsip_module module = {.id = -1, .priority = 4, .on_rx_request = on_rx_request};

int sipward_pjsip_start(pjsip_endpoint* endpoint, const char* rule_file) {
  static char name[] = "mod-sipward";
  if (guard_open(rule_file) != 0) return -1;
  endpoint_of_module = endpoint;
  module.name = pj_str(name);
  if (pjsip_endpt_register_module(endpoint, &module) == PJ_SUCCESS) return 0;
  guard_close();
  return -1;
}

void sipward_pjsip_stop(void) {
  pjsip_endpt_unregister_module(endpoint_of_module, &module);
  guard_close();
}
