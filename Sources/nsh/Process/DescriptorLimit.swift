import Glibc

/// How many files and connections this process may have open (RLIMIT_NOFILE, getrlimit(2)).
enum DescriptorLimit {
  /// Raises the limit to what the user may have, 65,536 at most: a server of a thousand connections needs more than the usual 1,024.
  static func raise() {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < 65_536 else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    setrlimit(resource, &limit)
  }
}
