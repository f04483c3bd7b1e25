/* The few declarations of Asterisk that the recipe uses, written down for a compiler that has no
 * Asterisk: names and types as in Asterisk 18 to 20, but neither the other members nor the layout.
 * Whoever builds for real includes Asterisk's headers in its place
 * (-DSIPWARD_WITH_ASTERISK). */
#ifndef SIPWARD_EXAMPLES_RECIPES_ASTERISK_DECLARATIONS_H_
#define SIPWARD_EXAMPLES_RECIPES_ASTERISK_DECLARATIONS_H_

struct ast_channel;
struct ast_party_caller {
  struct {
    struct {
      char* str;
      unsigned char valid;
    } name, number;
  } id;
};

struct ast_party_caller* ast_channel_caller(struct ast_channel* channel);
const char* ast_channel_exten(const struct ast_channel* channel);
void ast_channel_lock(struct ast_channel* channel);
void ast_channel_unlock(struct ast_channel* channel);
int pbx_builtin_setvar_helper(struct ast_channel* channel, const char* name, const char* value);
int ast_register_application(const char* name,
                             int (*execute)(struct ast_channel* channel, const char* data),
                             const char* synopsis, const char* description);
int ast_unregister_application(const char* name);

enum ast_module_load_result { AST_MODULE_LOAD_SUCCESS = 0, AST_MODULE_LOAD_DECLINE = 1 };
#define ASTERISK_GPL_KEY ""
/* The macro makes a record that names both functions, and registers it. */
#define AST_MODULE_INFO_STANDARD(key, description)                                        \
  extern const struct sipward_module_record {                                             \
    int (*load)(void);                                                                    \
    int (*unload)(void);                                                                  \
    const char* text;                                                                     \
  } sipward_module_record;                                                                \
  const struct sipward_module_record sipward_module_record = {load_module, unload_module, \
                                                              key description}

#endif /* SIPWARD_EXAMPLES_RECIPES_ASTERISK_DECLARATIONS_H_ */
