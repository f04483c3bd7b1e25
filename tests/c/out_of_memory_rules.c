/* Rule texts with every kind of list, table, pattern and error, each added, built and run. */
#include "out_of_memory.h"
#include "sample.h"

#define TEXT(literal) literal, sizeof literal - 1
#define HEAD "version 1\n"
#define RULE(when) "rule r { on request when method == OPTIONS and " when " then drop }\n"

static const rule_text kTexts[] = {
    {"one rule", TEXT(HEAD RULE("true")), 0, 0, NULL},
    {"what a rule may say of itself",
     TEXT(HEAD "define hot = src.port >= 1 and (to.user ?? \"\") == \"100\"\nconst most = 3\n"
               "rule r {\n  meta { severity high  why \"a long enough reason to need memory\"\n"
               "    ref \"somewhere else, in a text that is long as well\" }\n  mode enforce\n"
               "  on request where method == OPTIONS\n  let n = count(by src.ip over 1m)\n"
               "  when hot and n < most\n  then reject 403 \"Not from there, whoever you are\",\n"
               "    score 5 on src.ip, tag \"t\", throttle 5/s, ban src.ip for 1h, alert\n}\n"),
     0, 0, NULL},
    {"cidr list",
     TEXT(HEAD "list a : cidr [\"198.51.100.0/24\", \"2001:db8::/32\"]\n" RULE("src.ip in a")), 0,
     0, NULL},
    {"prefix list",
     TEXT(HEAD "list a : prefix [\"100\", \"+1900\", \"44\"]\n" RULE("(to.user ?? \"\") in a")), 0,
     0, NULL},
    {"domain list",
     TEXT(HEAD "list a : domain [\"example.com\", \"a.very.long.name.of.some.example\"]\n" RULE(
         "not ((to.host ?? \"\") in a)")),
     0, 0, NULL},
    {"exact list",
     TEXT(HEAD "list a : exact nocase [\"100\", \"a text too long to be kept in place\"]\n" RULE(
         "(to.user ?? \"\") in a")),
     0, 0, NULL},
    {"pattern list",
     TEXT(HEAD
          "list a : pattern nocase [\"^10+$\", \"scan(ner)?\"]\n" RULE("(to.user ?? \"\") in a")),
     0, 0, NULL},
    {"a pattern in a condition", TEXT(HEAD RULE("matches(call_id ?? \"\", \"^[0-9]@\")")), 0, 0,
     NULL},
    {"list in a file", TEXT(HEAD "list a : cidr file \"nets.txt\"\n" RULE("src.ip in a")), 0, 0,
     "# ours\n198.51.100.0/24  # all of it\n203.0.113.0/24\n"},
    {"tests",
     TEXT(
         HEAD RULE("true") "test r { given request { method = OPTIONS  to.user = \"a{n}\" } repeat "
                           "3 every 2s expect drop at event 2, not tag \"a text that is long\" }\n"
                           "test \"what a file of events holds\" {\n"
                           "  given request \"events.csv\" proven expect not drop, allow\n}\n"),
     0, 0, "time,from.user\n1,\"a name too long to be kept in place\"\n2.5,b\n"},
    {"tables of every kind",
     TEXT(HEAD RULE("count(by src.ip over 1m) >= 1 and rate(by src.net over 1m) >= 0 and "
                    "distinct(to.user by (src.ip, method) over 1m reset on src.port == 1) >= 1")),
     0, 0, NULL},
    {"functions",
     TEXT(HEAD RULE(
         "lower(from.user ?? \"\") == \"100\" and starts_with(call_id ?? \"\", \"1\") and "
         "contains(digits(to.user ?? \"\"), \"1\") and (int(to.user ?? \"\") ?? 0) * 2 > "
         "6 and (header(\"X-A\") ?? \"none\") == \"none\" and not anomaly(\"line.nul\")")),
     0, 0, NULL},
    {"an error of syntax",
     TEXT(HEAD "rule r { on request when method === OPTIONS then drop }\nrule s { on }\n"),
     SIPWARD_ERR_RULES, 0, NULL},
    {"no text at all", TEXT("version 1\n\xC3("), SIPWARD_ERR_RULES, 0, NULL},
    {"errors of meaning",
     TEXT(HEAD "list a : cidr [\"198.51.100.0/99\"]\nlist b : pattern [\"(\"]\n"
               "rule r { on request when methd == OPTIONS and src.ip in c then drop }\n"
               "rule r { on request when src.ip == 3 then ban to.user for 1h }\n"),
     0, SIPWARD_ERR_RULES, NULL},
    {"a list file that is not there",
     TEXT(HEAD "list a : exact file \"users.txt\"\n" RULE("(to.user ?? \"\") in a")), 0,
     SIPWARD_ERR_RULES, NULL},
    {"warnings", TEXT(HEAD "define unused = src.port == 1\n" RULE("1 == 1")), 0, 0, NULL},
};

static int32_t add(const scenario* self, world* made) {
  return sipward_compiler_add_rules(made->compiler, "of the test.ward", 16, self->rules->text,
                                    self->rules->size);
}
static int with_compiler(const scenario* self, world* made) {
  (void)self;
  return sipward_compiler_create(&made->compiler) == SIPWARD_OK &&
         sipward_compiler_keep_tests(made->compiler) == SIPWARD_OK;
}
static int32_t give_file(const scenario* self, world* made) {
  const char* file = self->rules->file;
  return file == NULL ? SIPWARD_OK
                      : sipward_compiler_set_file(made->compiler, 0, file, strlen(file));
}
static int with_text(const scenario* self, world* made) {
  return with_compiler(self, made) && add(self, made) == SIPWARD_OK;
}

/* The file is given within the step, so that giving it fails as well. */
static int32_t build(const scenario* self, world* made) {
  const int32_t status = give_file(self, made);
  return status != SIPWARD_OK ? status : sipward_compiler_build(made->compiler, &made->rules);
}
static int with_rules(const scenario* self, world* made) {
  return with_text(self, made) && build(self, made) == SIPWARD_OK &&
         sipward_state_create(NULL, &made->state) == SIPWARD_OK;
}
static int32_t create_engine(const scenario* self, world* made) {
  (void)self;
  return sipward_engine_create(made->rules, made->state, NULL, &made->engine);
}
static int with_engine(const scenario* self, world* made) {
  return with_rules(self, made) && create_engine(self, made) == SIPWARD_OK;
}
static int32_t create_inspector(const scenario* self, world* made) {
  (void)self;
  return sipward_inspector_create(made->engine, &made->inspector);
}

static int tells_why(world* made) {
  sipward_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
  return sipward_compiler_diagnostic(made->compiler, 0, &diagnostic) == SIPWARD_OK &&
         diagnostic.severity == SIPWARD_SEVERITY_ERROR && diagnostic.message.size > 0;
}
static int catches(const scenario* self, world* made) {
  if (self->expected == SIPWARD_ERR_RULES) return tells_why(made);
  if (made->rules == NULL) {
    const int32_t status = build(self, made);
    if (status != self->rules->built) return 0;
    if (status != SIPWARD_OK) return tells_why(made);
  }
  return finds_options(made);
}

size_t rule_scenarios(size_t index, scenario out[4]) {
  if (index >= sizeof kTexts / sizeof kTexts[0]) return 0;
  const rule_text* text = &kTexts[index];
  out[0] = (scenario){text->name, text, 0, with_compiler, add, text->added, catches};
  if (text->added != SIPWARD_OK) return 1;
  out[1] = (scenario){text->name, text, 1, with_text, build, text->built, catches};
  if (text->built != SIPWARD_OK) return 2;
  out[2] = (scenario){text->name, text, 2, with_rules, create_engine, SIPWARD_OK, catches};
  out[3] = (scenario){text->name, text, 3, with_engine, create_inspector, SIPWARD_OK, catches};
  return 4;
}
