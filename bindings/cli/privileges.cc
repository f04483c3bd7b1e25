#include "privileges.h"

#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sipward::cli {

namespace {

// Nothing but these, of which each process may have had more.
bool HaveOnly(uint32_t capabilities) {
  __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {};
  sets[0].effective = sets[0].permitted = capabilities;
  return syscall(SYS_capset, &head, sets) == 0;
}

}  // namespace

std::string BecomeUser(const std::string& user, Keep keep) {
  errno = 0;
  const passwd* entry = getpwnam(user.c_str());
  if (entry == nullptr) return "there is no user '" + user + "'";
  const uid_t uid = entry->pw_uid;
  const gid_t gid = entry->pw_gid;
  if (geteuid() == uid && getuid() == uid) return "";
  const auto failed = [&user] { return "cannot become '" + user + "': " + std::strerror(errno); };
  const bool capture = keep == Keep::kCapture && geteuid() == 0;
  if (capture && prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0) return failed();
  if (initgroups(user.c_str(), gid) != 0 || setresgid(gid, gid, gid) != 0 ||
      setresuid(uid, uid, uid) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return failed();
  }
  if (capture && !HaveOnly(uint32_t{1} << CAP_NET_RAW)) return failed();
  // There must be no way back.
  if (uid != 0 && setuid(0) == 0) return "'" + user + "' can become root again";
  return "";
}

std::string GiveUpCapture() {
  return HaveOnly(0) ? "" : std::string("cannot give up capturing: ") + std::strerror(errno);
}

}  // namespace sipward::cli
