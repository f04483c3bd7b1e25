/* The inspector of a softphone, from the lines of its configuration. */
#ifndef SIPWARD_EXAMPLES_BARESIP_PHONE_H_
#define SIPWARD_EXAMPLES_BARESIP_PHONE_H_

#include <re.h>
#include <sipward.h>

/* Lines of the configuration, all but the second may be left out:
 *
 *   sipward_default_rules  no                   without the rules that come with sipward
 *   sipward_rules          FILE                 as often as there are files
 *   sipward_anchors        FILE                 whom to trust for signed calls
 *   sipward_certificate    URL=FILE             as often as there are certificates of providers
 *
 * NULL, with a line on the standard error, if something in them cannot be used. */
sipward_inspector* phone_create(const struct conf* conf);

#endif /* SIPWARD_EXAMPLES_BARESIP_PHONE_H_ */
