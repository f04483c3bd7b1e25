#include "glue.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

enum { SIPWARD_PY_CHUNK = 32 };

struct sipward_py_inspector {
  sipward_inspector* inspector;
  sipward_packet packets[SIPWARD_PY_CHUNK];
  sipward_verdict verdicts[SIPWARD_PY_CHUNK];
};

int32_t sipward_py_endpoint(const char* text, size_t size, int64_t port, sipward_endpoint* out) {
  char name[INET6_ADDRSTRLEN];
  if (port < 0 || port > 65535) return -1;
  if (size >= 2 && text[0] == '[' && text[size - 1] == ']') {
    ++text;
    size -= 2;
  }
  const char* zone = memchr(text, '%', size);
  if (zone != NULL) size = (size_t)(zone - text);
  if (size >= sizeof name || memchr(text, '\0', size) != NULL) return -1;
  memcpy(name, text, size);
  name[size] = '\0';
  memset(out, 0, sizeof *out);
  out->port = (uint16_t)port;
  if (inet_pton(AF_INET, name, out->address + 12) == 1) {
    out->address[10] = out->address[11] = 0xFF;
    return 0;
  }
  return inet_pton(AF_INET6, name, out->address) == 1 ? 0 : -1;
}

int32_t sipward_py_fill(sipward_packet* packet, uint64_t size, uint32_t transport,
                        uint32_t direction, uint32_t flags, int64_t wall_ns, int64_t monotonic_ns,
                        const char* source, const char* destination) {
  packet->struct_size = sizeof *packet;
  packet->transport = transport;
  packet->direction = direction;
  packet->flags = flags;
  packet->size = size;
  packet->wall_ns = wall_ns;
  packet->monotonic_ns = monotonic_ns;
  memcpy(&packet->source, source, sizeof packet->source);
  memcpy(&packet->destination, destination, sizeof packet->destination);
  return transport <= SIPWARD_TRANSPORT_SCTP && direction <= SIPWARD_DIRECTION_OUTBOUND &&
                 flags <= (SIPWARD_PACKET_REGISTERED | SIPWARD_PACKET_AUTHENTICATED)
             ? 0
             : -1;
}

int32_t sipward_py_inspector_create(const sipward_engine* engine, sipward_py_inspector** out) {
  sipward_py_inspector* made = calloc(1, sizeof *made);
  if (made == NULL) return SIPWARD_ERR_NO_MEMORY;
  const int32_t status = sipward_inspector_create(engine, &made->inspector);
  if (status != SIPWARD_OK) {
    free(made);
    return status;
  }
  for (size_t i = 0; i < SIPWARD_PY_CHUNK; ++i)
    made->verdicts[i].struct_size = sizeof made->verdicts[i];
  *out = made;
  return SIPWARD_OK;
}

void sipward_py_inspector_destroy(sipward_py_inspector* inspector) {
  if (inspector == NULL) return;
  sipward_inspector_destroy(inspector->inspector);
  free(inspector);
}

sipward_message* sipward_py_inspector_message(sipward_py_inspector* inspector) {
  return sipward_inspector_message(inspector->inspector);
}

static size_t record_size(const sipward_verdict* verdict) {
  size_t size = sizeof(sipward_py_record) + verdict->hit_count * sizeof(sipward_py_hit) +
                verdict->tag_count * sizeof(sipward_py_tag) + verdict->sip_reason.size +
                verdict->certificate_url.size;
  for (uint32_t i = 0; i < verdict->hit_count; ++i)
    size += verdict->hits[i].rule.size + verdict->hits[i].why.size;
  for (uint32_t i = 0; i < verdict->tag_count; ++i)
    size += verdict->tags[i].text.size + verdict->tags[i].rule.size;
  return size;
}

static char* put(char* at, const void* bytes, size_t size) {
  if (size != 0) memcpy(at, bytes, size);
  return at + size;
}

static char* put_text(char* at, const sipward_text* text) {
  return put(at, text->data, text->size);
}

/* out has room for record_size(verdict). */
static void put_record(const sipward_verdict* verdict, char* out) {
  const sipward_py_record head = {
      .action = verdict->action,
      .sip_code = verdict->sip_code,
      .flags = verdict->flags,
      .score = verdict->score,
      .parse_status = verdict->parse_status,
      .hit_count = verdict->hit_count,
      .hits_omitted = verdict->hits_omitted,
      .tag_count = verdict->tag_count,
      .tags_omitted = verdict->tags_omitted,
      .reason_size = (uint32_t)verdict->sip_reason.size,
      .url_size = (uint32_t)verdict->certificate_url.size,
      .ticket = verdict->ticket,
  };
  out = put(out, &head, sizeof head);
  for (uint32_t i = 0; i < verdict->hit_count; ++i) {
    const sipward_hit* from = &verdict->hits[i];
    sipward_py_hit hit = {from->action,
                          from->enforced,
                          from->score,
                          from->value_count,
                          {0},
                          (uint32_t)from->rule.size,
                          (uint32_t)from->why.size};
    memcpy(hit.values, from->values, sizeof hit.values);
    out = put(out, &hit, sizeof hit);
  }
  for (uint32_t i = 0; i < verdict->tag_count; ++i) {
    const sipward_py_tag tag = {(uint32_t)verdict->tags[i].text.size,
                                (uint32_t)verdict->tags[i].rule.size};
    out = put(out, &tag, sizeof tag);
  }
  out = put_text(out, &verdict->sip_reason);
  out = put_text(out, &verdict->certificate_url);
  for (uint32_t i = 0; i < verdict->hit_count; ++i)
    out = put_text(put_text(out, &verdict->hits[i].rule), &verdict->hits[i].why);
  for (uint32_t i = 0; i < verdict->tag_count; ++i)
    out = put_text(put_text(out, &verdict->tags[i].text), &verdict->tags[i].rule);
}

int64_t sipward_py_last(const sipward_py_inspector* inspector, char* out, size_t capacity) {
  const size_t size = record_size(&inspector->verdicts[0]);
  if (size <= capacity) put_record(&inspector->verdicts[0], out);
  return (int64_t)size;
}

int64_t sipward_py_inspect(sipward_py_inspector* inspector, const char* base,
                           const sipward_packet* packet, char* out, size_t capacity) {
  const int32_t status =
      sipward_inspector_inspect(inspector->inspector, base, packet, &inspector->verdicts[0]);
  return status == SIPWARD_OK ? sipward_py_last(inspector, out, capacity) : status;
}

int64_t sipward_py_resume(sipward_py_inspector* inspector, const char* base,
                          const sipward_packet* packet, uint64_t ticket, char* out,
                          size_t capacity) {
  const int32_t status =
      sipward_inspector_resume(inspector->inspector, base, packet, ticket, &inspector->verdicts[0]);
  return status == SIPWARD_OK ? sipward_py_last(inspector, out, capacity) : status;
}

int64_t sipward_py_event(sipward_py_inspector* inspector, const sipward_host_event* event,
                         char* out, size_t capacity) {
  const int32_t status =
      sipward_inspector_event(inspector->inspector, event, &inspector->verdicts[0]);
  return status == SIPWARD_OK ? sipward_py_last(inspector, out, capacity) : status;
}

int32_t sipward_py_record_on(sipward_py_inspector* inspector, uint32_t flags) {
  return sipward_inspector_record(inspector->inspector, flags);
}

int32_t sipward_py_take_record(const sipward_py_inspector* inspector, char* out, size_t capacity,
                               size_t* size) {
  return sipward_inspector_take_record(inspector->inspector, out, capacity, size);
}

void sipward_py_verdicts_destroy(sipward_py_verdicts* verdicts) {
  if (verdicts == NULL) return;
  free(verdicts->records);
  free(verdicts->ends);
  free(verdicts->actions);
  free(verdicts);
}

static sipward_py_verdicts* verdicts_create(size_t count) {
  sipward_py_verdicts* made = calloc(1, sizeof *made);
  if (made == NULL) return NULL;
  made->capacity = (count + 1) * (sizeof(sipward_py_record) + 32);
  made->records = malloc(made->capacity);
  made->ends = malloc((count + 1) * sizeof *made->ends);
  made->actions = malloc(count + 1);
  if (made->records != NULL && made->ends != NULL && made->actions != NULL) return made;
  sipward_py_verdicts_destroy(made);
  return NULL;
}

/* Whether the verdict found room. */
static int append(sipward_py_verdicts* to, const sipward_verdict* verdict) {
  const size_t size = record_size(verdict);
  if (to->capacity - to->used < size) {
    const size_t capacity = to->capacity + to->capacity / 2 + size;
    char* records = realloc(to->records, capacity);
    if (records == NULL) return 0;
    to->records = records;
    to->capacity = capacity;
  }
  put_record(verdict, to->records + to->used);
  to->used += size;
  to->ends[to->count] = to->used;
  to->actions[to->count] = (uint8_t)verdict->action;
  ++to->count;
  return 1;
}

/* Element `i` of a column, if there is one. */
#define SIPWARD_PY_TAKE(column, i, member)                                                    \
  do {                                                                                        \
    if ((column) != NULL) memcpy(&(member), (column) + (i) * sizeof(member), sizeof(member)); \
  } while (0)

static uint64_t number_at(const char* column, size_t i) {
  uint64_t number;
  memcpy(&number, column + i * sizeof number, sizeof number);
  return number;
}

int32_t sipward_py_inspect_batch(sipward_py_inspector* inspector, const char* base,
                                 uint64_t base_size, const sipward_packet* common,
                                 const char* offsets, const char* sizes, const char* wall_ns,
                                 const char* monotonic_ns, const char* sources,
                                 const char* destinations, const char* transports,
                                 const char* directions, const char* flags,
                                 const sipward_text* accounts, const sipward_text* trunks,
                                 size_t count, sipward_py_verdicts** out) {
  sipward_py_verdicts* made = verdicts_create(count);
  if (made == NULL) return SIPWARD_ERR_NO_MEMORY;
  *out = made;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t offset = number_at(offsets, i);
    if (offset > base_size || number_at(sizes, i) > base_size - offset) return SIPWARD_ERR_SPACE;
  }
  for (size_t from = 0; from < count; from += SIPWARD_PY_CHUNK) {
    const size_t some = count - from < SIPWARD_PY_CHUNK ? count - from : SIPWARD_PY_CHUNK;
    for (size_t i = from; i < from + some; ++i) {
      sipward_packet* packet = &inspector->packets[i - from];
      *packet = *common;
      packet->offset = number_at(offsets, i);
      packet->size = number_at(sizes, i);
      SIPWARD_PY_TAKE(wall_ns, i, packet->wall_ns);
      SIPWARD_PY_TAKE(monotonic_ns, i, packet->monotonic_ns);
      SIPWARD_PY_TAKE(sources, i, packet->source);
      SIPWARD_PY_TAKE(destinations, i, packet->destination);
      SIPWARD_PY_TAKE(transports, i, packet->transport);
      SIPWARD_PY_TAKE(directions, i, packet->direction);
      SIPWARD_PY_TAKE(flags, i, packet->flags);
      if (accounts != NULL) {
        packet->account = accounts[i].data;
        packet->account_size = accounts[i].size;
      }
      if (trunks != NULL) {
        packet->trunk = trunks[i].data;
        packet->trunk_size = trunks[i].size;
      }
      /* What another thread does to the columns meanwhile leads out of no buffer. */
      if (packet->offset > base_size || packet->size > base_size - packet->offset) packet->size = 0;
      if (packet->offset > base_size) packet->offset = 0;
    }
    size_t done = 0;
    const int32_t status = sipward_inspector_inspect_batch(
        inspector->inspector, base, inspector->packets, some, inspector->verdicts, &done);
    for (size_t i = 0; i < done; ++i)
      if (!append(made, &inspector->verdicts[i])) return SIPWARD_ERR_NO_MEMORY;
    if (status != SIPWARD_OK) return status;
  }
  return SIPWARD_OK;
}
