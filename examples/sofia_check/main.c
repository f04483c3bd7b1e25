/* A small softphone's ear on sofia-sip: sipward judges the bytes of every datagram before sofia-sip
 * parses them, and afterwards both must read the same caller, callee and call in them. Calls ring,
 * everything else that passes is answered with 200.
 *
 *   ./sofia_check PORT [report]      on 127.0.0.1, until SIGTERM; `report`: what rules would refuse
 * is only printed */
#include <arpa/inet.h>
#include <signal.h>
#include <sipward.h>
#include <sofia-sip/msg.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_protos.h>
#include <sofia-sip/sip_status.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stopped = 0;
static char bytes[65536];

static void on_signal(int number) {
  (void)number;
  stopped = 1;
}

static int64_t now_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static sipward_inspector* make_inspector(int report_only) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = NULL;
  sipward_state_options state_options = {.struct_size = sizeof state_options};
  const sipward_engine_options options = {.struct_size = sizeof options,
                                          .report_only = report_only != 0};
  if (getrandom(state_options.seed, sizeof state_options.seed, 0) !=
      (ssize_t)sizeof state_options.seed) {
    return NULL;
  }
  int32_t status = sipward_compiler_create(&compiler);
  if (status == SIPWARD_OK) status = sipward_compiler_add_default_pack(compiler);
  if (status == SIPWARD_OK) status = sipward_compiler_build(compiler, &rules);
  if (status == SIPWARD_OK) status = sipward_state_create(&state_options, &state);
  if (status == SIPWARD_OK) status = sipward_engine_create(rules, state, &options, &engine);
  if (status == SIPWARD_OK) status = sipward_inspector_create(engine, &inspector);
  if (status != SIPWARD_OK) fprintf(stderr, "%s\n", sipward_status_text(status));
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);
  return inspector;
}

static sipward_endpoint endpoint_of(const struct sockaddr_in* address) {
  sipward_endpoint out = {.port = ntohs(address->sin_port)};
  out.address[10] = out.address[11] = 0xFF;
  memcpy(out.address + 12, &address->sin_addr, 4);
  return out;
}

/* Whether what sofia-sip read, which may be absent, is what sipward read. */
static int same(sipward_slice slice, const char* text) {
  if (text == NULL || text[0] == '\0') return slice.offset == SIPWARD_ABSENT || slice.length == 0;
  return slice.offset != SIPWARD_ABSENT && strlen(text) == slice.length &&
         memcmp(bytes + slice.offset, text, slice.length) == 0;
}

static int same_user(sipward_message* message, const char* header, const sip_addr_t* found) {
  sipward_address address = {.struct_size = sizeof address};
  if (sipward_message_address(message, header, strlen(header), 0, &address) != SIPWARD_OK ||
      found == NULL) {
    return 0;
  }
  return same(address.uri.user, found->a_url->url_user) &&
         same(address.uri.host, found->a_url->url_host) && same(address.tag, found->a_tag);
}

/* Two parsers that read another message in the same bytes are how a filter is passed. */
static int agree(sipward_message* message, const sip_t* sip) {
  sipward_uri target = {.struct_size = sizeof target};
  sipward_slice call_id;
  if (sip->sip_error != NULL || sip->sip_call_id == NULL) return 0;
  return sipward_message_request_uri(message, &target) == SIPWARD_OK &&
         same(target.user, sip->sip_request->rq_url->url_user) &&
         same(target.host, sip->sip_request->rq_url->url_host) &&
         same_user(message, "From", sip->sip_from) && same_user(message, "To", sip->sip_to) &&
         sipward_message_find(message, "Call-ID", 7, &call_id) == SIPWARD_OK &&
         same(call_id, sip->sip_call_id->i_id);
}

static void answer(int socket, const struct sockaddr_in* to, const sip_t* request, int code,
                   const char* phrase) {
  msg_t* reply = msg_create(sip_default_mclass(), 0);
  sip_t* sip = sip_object(reply);
  su_home_t* home = msg_home(reply);
  sip_status_t* line = sip_status_create(home, (unsigned)code, phrase, NULL);
  int failed = line == NULL || sip_header_insert(reply, sip, (sip_header_t*)line) < 0;
  failed |= sip_add_dup(reply, sip, (const sip_header_t*)request->sip_via) < 0;
  failed |= sip_add_dup(reply, sip, (const sip_header_t*)request->sip_from) < 0;
  failed |= sip_add_dup(reply, sip, (const sip_header_t*)request->sip_to) < 0;
  failed |= sip_add_dup(reply, sip, (const sip_header_t*)request->sip_call_id) < 0;
  failed |= sip_add_dup(reply, sip, (const sip_header_t*)request->sip_cseq) < 0;
  failed |= sip_add_make(reply, sip, sip_content_length_class, "0") < 0;
  failed |= sip_add_make(reply, sip, sip_separator_class, "\r\n") < 0;
  if (!failed && sip->sip_to->a_tag == NULL) sip_to_tag(home, sip->sip_to, "ear");
  if (!failed && msg_serialize(reply, (msg_pub_t*)sip) >= 0) {
    size_t size = 0;
    const char* text = msg_as_string(home, reply, NULL, 0, &size);
    if (text != NULL) {
      (void)sendto(socket, text, size, 0, (const struct sockaddr*)to, sizeof *to);
    }
  }
  msg_destroy(reply);
}

/* After sipward: what is left to do for sofia-sip. */
static void hand_over(int socket, const struct sockaddr_in* from, size_t size,
                      sipward_message* message, const sipward_verdict* verdict) {
  msg_t* parsed = msg_make(sip_default_mclass(), 0, bytes, (ssize_t)size);
  const sip_t* sip = parsed != NULL ? sip_object(parsed) : NULL;
  if (sip == NULL || sip->sip_request == NULL || sip->sip_via == NULL || sip->sip_from == NULL ||
      sip->sip_to == NULL || sip->sip_call_id == NULL || sip->sip_cseq == NULL) {
    printf("no request that could be answered\n");
  } else if (verdict->action >= SIPWARD_ACTION_CHALLENGE) {
    char reason[128];
    const int code = verdict->sip_code != 0 ? (int)verdict->sip_code : 403;
    snprintf(reason, sizeof reason, "%.*s", (int)verdict->sip_reason.size,
             verdict->sip_reason.data != NULL ? verdict->sip_reason.data : "");
    printf("refused: %.*s\n", (int)verdict->hits[0].rule.size, verdict->hits[0].rule.data);
    if (sip->sip_request->rq_method != sip_method_ack) {
      answer(socket, from, sip, code, reason[0] != '\0' ? reason : "Forbidden");
    }
  } else if (!agree(message, sip)) {
    printf("two parsers disagree\n");
    answer(socket, from, sip, SIP_400_BAD_REQUEST);
  } else if (sip->sip_request->rq_method == sip_method_invite) {
    printf("rings: %s\n", sip->sip_from->a_url->url_user);
    answer(socket, from, sip, SIP_180_RINGING);
  } else if (sip->sip_request->rq_method != sip_method_ack) {
    answer(socket, from, sip, SIP_200_OK);
  }
  if (parsed != NULL) msg_destroy(parsed);
}

static void listen_to(int socket, sipward_inspector* inspector, sipward_endpoint here) {
  while (!stopped) {
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    const ssize_t size = recvfrom(socket, bytes, sizeof bytes, 0, (struct sockaddr*)&from, &length);
    if (size <= 0) continue; /* a signal, or nothing */
    const sipward_packet packet = {.struct_size = sizeof packet,
                                   .direction = SIPWARD_DIRECTION_INBOUND,
                                   .size = (uint64_t)size,
                                   .wall_ns = now_ns(CLOCK_REALTIME),
                                   .monotonic_ns = now_ns(CLOCK_MONOTONIC),
                                   .source = endpoint_of(&from),
                                   .destination = here};
    sipward_verdict verdict = {.struct_size = sizeof verdict};
    if (sipward_inspector_inspect(inspector, bytes, &packet, &verdict) != SIPWARD_OK) continue;
    if (verdict.action == SIPWARD_ACTION_DROP) {
      printf("dropped: %.*s\n", (int)verdict.hits[0].rule.size, verdict.hits[0].rule.data);
    } else {
      hand_over(socket, &from, (size_t)size, sipward_inspector_message(inspector), &verdict);
    }
    fflush(stdout);
  }
}

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)atoi(argv[1])),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGTERM, &action, NULL);
  const int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
  sipward_inspector* inspector = make_inspector(argc > 2);
  if (inspector == NULL || descriptor < 0 ||
      bind(descriptor, (struct sockaddr*)&address, sizeof address) != 0) {
    return 2;
  }
  listen_to(descriptor, inspector, endpoint_of(&address));
  sipward_inspector_destroy(inspector);
  close(descriptor);
  return 0;
}
