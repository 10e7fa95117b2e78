import TestSupport

/// A network of namespaces, made anew for each run, with a client, three routers and a server.
enum ThreeRouters {
  /// Runs lines of sh in it; `$nsh`, `client` and `server` stand for the program and for where it runs. Gives what they printed.
  static func run(_ lines: String) throws -> String {
    let script = """
      . '\(Tree.root)/Tests/ForeignPeers/Reach/three-routers.sh'
      export NSH_SHARE='\(Tree.root)/share/nsh'
      nsh='timeout 60 \(Tree.nsh)'
      client() { ip netns exec c "$@"; }
      server() { ip netns exec s "$@"; }
      \(lines)
      """
    return try OwnNamespaces.run(script)
  }
}
