#include "privileges.h"

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sipward::cli {

std::string BecomeUser(const std::string& user) {
  errno = 0;
  const passwd* entry = getpwnam(user.c_str());
  if (entry == nullptr) return "there is no user '" + user + "'";
  const uid_t uid = entry->pw_uid;
  const gid_t gid = entry->pw_gid;
  if (geteuid() == uid && getuid() == uid) return "";
  const auto failed = [&user] { return "cannot become '" + user + "': " + std::strerror(errno); };
  if (initgroups(user.c_str(), gid) != 0 || setresgid(gid, gid, gid) != 0 ||
      setresuid(uid, uid, uid) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return failed();
  }
  // There must be no way back.
  if (uid != 0 && setuid(0) == 0) return "'" + user + "' can become root again";
  return "";
}

}  // namespace sipward::cli
