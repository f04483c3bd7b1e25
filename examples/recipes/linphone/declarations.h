/* The few declarations of liblinphone that the recipe uses, written down for a compiler that has no
 * liblinphone: names and types as in 5.1. Whoever builds for real includes <linphone/core.h> in its
 * place (-DSIPWARD_WITH_LINPHONE). */
#ifndef SIPWARD_EXAMPLES_RECIPES_LINPHONE_DECLARATIONS_H_
#define SIPWARD_EXAMPLES_RECIPES_LINPHONE_DECLARATIONS_H_

typedef int LinphoneStatus;
typedef struct _LinphoneCore LinphoneCore;
typedef struct _LinphoneCoreCbs LinphoneCoreCbs;
typedef struct _LinphoneFactory LinphoneFactory;
typedef struct _LinphoneCall LinphoneCall;
typedef struct _LinphoneCallLog LinphoneCallLog;
typedef struct _LinphoneAddress LinphoneAddress;
typedef enum _LinphoneCallState { LinphoneCallStateIncomingReceived = 1 } LinphoneCallState;
typedef enum _LinphoneReason { LinphoneReasonDeclined = 3 } LinphoneReason;
typedef void (*LinphoneCoreCbsCallStateChangedCb)(LinphoneCore* core, LinphoneCall* call,
                                                  LinphoneCallState state, const char* message);

LinphoneFactory* linphone_factory_get(void);
LinphoneCoreCbs* linphone_factory_create_core_cbs(const LinphoneFactory* factory);
void linphone_core_cbs_set_call_state_changed(LinphoneCoreCbs* callbacks,
                                              LinphoneCoreCbsCallStateChangedCb callback);
void linphone_core_cbs_unref(LinphoneCoreCbs* callbacks);
void linphone_core_add_callbacks(LinphoneCore* core, LinphoneCoreCbs* callbacks);
const LinphoneAddress* linphone_call_get_remote_address(const LinphoneCall* call);
const LinphoneAddress* linphone_call_get_to_address(const LinphoneCall* call);
const char* linphone_call_get_remote_user_agent(LinphoneCall* call);
LinphoneCallLog* linphone_call_get_call_log(const LinphoneCall* call);
LinphoneStatus linphone_call_decline(LinphoneCall* call, LinphoneReason reason);
const char* linphone_call_log_get_call_id(const LinphoneCallLog* log);
const char* linphone_address_get_username(const LinphoneAddress* address);
const char* linphone_address_get_display_name(const LinphoneAddress* address);

#endif /* SIPWARD_EXAMPLES_RECIPES_LINPHONE_DECLARATIONS_H_ */
