/* The few declarations of FreeSWITCH that the recipe uses, written down for a compiler that has no
 * FreeSWITCH: names and types as in 1.10, but neither the other members nor the layout. Whoever
 * builds for real includes <switch.h> in its place (-DSIPWARD_WITH_FREESWITCH). */
#ifndef SIPWARD_EXAMPLES_RECIPES_FREESWITCH_DECLARATIONS_H_
#define SIPWARD_EXAMPLES_RECIPES_FREESWITCH_DECLARATIONS_H_

typedef enum switch_status_t { SWITCH_STATUS_SUCCESS = 0, SWITCH_STATUS_FALSE = 1 } switch_status_t;
typedef struct switch_core_session switch_core_session_t;
typedef struct switch_channel switch_channel_t;
typedef struct switch_memory_pool switch_memory_pool_t;
typedef struct switch_loadable_module_interface switch_loadable_module_interface_t;
typedef struct switch_application_interface {
  const char* interface_name;
  void (*application_function)(switch_core_session_t* session, const char* data);
} switch_application_interface_t;

switch_channel_t* switch_core_session_get_channel(switch_core_session_t* session);
const char* switch_channel_get_variable(switch_channel_t* channel, const char* name);
switch_status_t switch_channel_set_variable(switch_channel_t* channel, const char* name,
                                            const char* value);
switch_loadable_module_interface_t* switch_loadable_module_create_module_interface(
    switch_memory_pool_t* pool, const char* name);
switch_application_interface_t* sipward_declared_application(
    switch_loadable_module_interface_t* module);

#define SWITCH_MODULE_LOAD_FUNCTION(name)                                     \
  switch_status_t name(switch_loadable_module_interface_t** module_interface, \
                       switch_memory_pool_t* pool)
#define SWITCH_MODULE_SHUTDOWN_FUNCTION(name) switch_status_t name(void)
#define SWITCH_MODULE_DEFINITION(name, load, shutdown, runtime) static const char modname[] = #name
#define SWITCH_STANDARD_APP(name) static void name(switch_core_session_t* session, const char* data)
enum { SAF_NONE = 0 };
#define SWITCH_ADD_APP(application, name, synopsis, text, function, syntax, flags) \
  do {                                                                             \
    application = sipward_declared_application(*module_interface);                 \
    application->interface_name = name;                                            \
    application->application_function = function;                                  \
  } while (flags)

#endif /* SIPWARD_EXAMPLES_RECIPES_FREESWITCH_DECLARATIONS_H_ */
