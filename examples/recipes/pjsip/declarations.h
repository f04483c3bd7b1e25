/* The few declarations of pjsip that the recipe uses, written down for a compiler that has no
 * pjsip: names and types as in pjproject 2.13, but neither the other members nor the layout.
 * Whoever builds for real includes <pjsip.h> in its place (-DSIPWARD_WITH_PJSIP). */
#ifndef SIPWARD_EXAMPLES_RECIPES_PJSIP_DECLARATIONS_H_
#define SIPWARD_EXAMPLES_RECIPES_PJSIP_DECLARATIONS_H_

#include <stddef.h>

typedef int pj_bool_t;
typedef int pj_status_t;
typedef long pj_ssize_t;
typedef unsigned short pj_uint16_t;
enum { PJ_FALSE = 0, PJ_TRUE = 1, PJ_SUCCESS = 0 };

typedef struct pj_str_t {
  char* ptr;
  pj_ssize_t slen;
} pj_str_t;
pj_str_t pj_str(char* text);

typedef struct pj_sockaddr pj_sockaddr;
void* pj_sockaddr_get_addr(const void* address);
unsigned pj_sockaddr_get_addr_len(const void* address);
pj_uint16_t pj_sockaddr_get_port(const void* address);

typedef struct pjsip_endpoint pjsip_endpoint;
typedef struct pjsip_hdr pjsip_hdr;
typedef struct pjsip_msg_body pjsip_msg_body;
typedef enum pjsip_method_e {
  PJSIP_INVITE_METHOD,
  PJSIP_CANCEL_METHOD,
  PJSIP_ACK_METHOD
} pjsip_method_e;
typedef enum pjsip_transport_type_e {
  PJSIP_TRANSPORT_UNSPECIFIED,
  PJSIP_TRANSPORT_UDP,
  PJSIP_TRANSPORT_TCP,
  PJSIP_TRANSPORT_TLS
} pjsip_transport_type_e;

typedef struct pjsip_msg {
  struct {
    struct {
      struct {
        pjsip_method_e id;
      } method;
    } req;
  } line;
} pjsip_msg;

typedef struct pjsip_transport {
  struct {
    long type;
  } key;
  pj_sockaddr* local_addr_of_declarations; /* `local_addr`, a union, in pjsip */
} pjsip_transport;

typedef struct pjsip_rx_data {
  struct {
    pjsip_transport* transport;
  } tp_info;
  struct {
    pj_sockaddr* src_addr_of_declarations; /* `src_addr`, a union, in pjsip */
  } pkt_info;
  struct {
    char* msg_buf;
    int len;
    pjsip_msg* msg;
  } msg_info;
} pjsip_rx_data;

#define RECEIVED_FROM(rdata) ((rdata)->pkt_info.src_addr_of_declarations)
#define RECEIVED_AT(rdata) ((rdata)->tp_info.transport->local_addr_of_declarations)

typedef struct pjsip_module {
  pj_str_t name;
  int id;
  int priority;
  pj_bool_t (*on_rx_request)(pjsip_rx_data* rdata);
} pjsip_module;

pj_status_t pjsip_endpt_register_module(pjsip_endpoint* endpoint, pjsip_module* module);
pj_status_t pjsip_endpt_unregister_module(pjsip_endpoint* endpoint, pjsip_module* module);
pj_status_t pjsip_endpt_respond_stateless(pjsip_endpoint* endpoint, pjsip_rx_data* rdata, int code,
                                          const pj_str_t* text, const pjsip_hdr* headers,
                                          const pjsip_msg_body* body);

#endif /* SIPWARD_EXAMPLES_RECIPES_PJSIP_DECLARATIONS_H_ */
