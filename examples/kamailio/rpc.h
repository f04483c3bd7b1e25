/* What an operator can ask a Kamailio that runs: kamcmd sipward.stats and so on. */
#ifndef SIPWARD_EXAMPLES_KAMAILIO_RPC_H_
#define SIPWARD_EXAMPLES_KAMAILIO_RPC_H_

#include "core/rpc.h"

extern rpc_export_t rpc_commands[];

#endif /* SIPWARD_EXAMPLES_KAMAILIO_RPC_H_ */
