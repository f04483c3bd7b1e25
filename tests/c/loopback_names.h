/* Every name is 127.0.0.1: this takes the place of the system's resolver in the program, and in the
 * libraries that it loads. Once, in one file of a program. */
#ifndef SIPWARD_TESTS_C_LOOPBACK_NAMES_H_
#define SIPWARD_TESTS_C_LOOPBACK_NAMES_H_

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Static: several threads may read it. */
static struct sockaddr_in loopback_place;
static struct addrinfo loopback_answer;

static void set_loopback_names(void) {
  loopback_place.sin_family = AF_INET;
  loopback_place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  loopback_answer.ai_family = AF_INET;
  loopback_answer.ai_socktype = SOCK_STREAM;
  loopback_answer.ai_addr = (struct sockaddr*)&loopback_place;
  loopback_answer.ai_addrlen = sizeof loopback_place;
}

__attribute__((visibility("default"))) int getaddrinfo(const char* name, const char* service,
                                                       const struct addrinfo* hints,
                                                       struct addrinfo** out) {
  (void)name;
  (void)service;
  (void)hints;
  *out = &loopback_answer;
  return 0;
}

__attribute__((visibility("default"))) void freeaddrinfo(struct addrinfo* answer) { (void)answer; }

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_TESTS_C_LOOPBACK_NAMES_H_ */
