import TestSupport

/// The broken set-ups of `setups.txt`, made in network namespaces with misbehaving peers, and what is said of them.
enum BrokenSetups {
  /// Runs them all, and gives the lines that `run.py` prints.
  ///
  /// - Parameter what: `why`, or `table` for the table of the documentation.
  static func run(_ what: String) throws -> [String] {
    try script(
      """
      /usr/bin/python3 "$root/Tests/ForeignPeers/Why/run.py" "$nsh" "$root/Tests/ForeignPeers/Why/setups.txt" "$folder" \(what)
      """
    ).split(separator: "\n").map(String.init)
  }

  /// Runs lines of sh in their network, where `$nsh`, `$root` and `$folder` are known; gives what they print.
  static func script(_ lines: String) throws -> String {
    let folder = try TemporaryFolder()
    let script = """
      root='\(Tree.root)' folder='\(folder.path)' nsh='\(Tree.nsh)'
      export NSH_SHARE="$root/share/nsh" HOME="$folder"
      . "$root/Tests/ForeignPeers/Why/network.sh"
      client() { ip netns exec c "$@"; }
      \(lines)
      """
    // Whoever is not root is root in a namespace of users; what is left running ends with the namespace of processes.
    let start = "[ $(id -u) = 0 ] && set -- -nmpf \"$@\" || set -- -rnmpf \"$@\"; exec unshare --kill-child \"$@\""
    let result = try Program("sh", "-c", start, "sh", "sh", "-c", script).finish()
    return String(decoding: result.output, as: UTF8.self)
  }
}
