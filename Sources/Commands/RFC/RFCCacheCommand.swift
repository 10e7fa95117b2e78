import Clients
import Interpreter
import Net
import System

let rfcCache = Command(
  "rfc cache",
  "Lists what is kept of fetched RFCs and their index: number, size, age since it was last checked, library, path.",
  Parameter<[RFCNumber]>.rest("numbers", "only of these RFCs"),
  Parameter<URL?>.option("base", "only of the library at this URL"),
  Parameter<Bool>.flag("clear", "remove it; what was removed is listed"),
  gives: .table,
  examples: [
    Example("rfc cache | count", note: "`rfc cache --clear` removes all, `rfc cache 2324 --clear` one document"),
    Example("rfc cache | where {|c| $c.age != null and $c.age > 30d} | count", note: "null is the index"),
  ]
) { machine, numbers, base, clears in
  let environment = machine.session.environment
  guard let root = RFCCache.root({ environment[$0] }) else { return .list([]) }
  let folder = try base.map { try RFCLibrary(base: $0, cacheRoot: root).cache?.folder ?? root }
  let found: [RFCCache.Entry]
  do throws(SystemCallError) { found = try RFCCache.entries(root: root) } catch {
    throw FileError("list \(root)", error)
  }
  let wanted = found.filter { entry in
    (numbers.isEmpty || numbers.contains { $0.number == entry.number })
      && (folder.map { entry.path.hasPrefix($0 + "/") } ?? true)
  }
  if clears { for entry in wanted { try RFCCache.remove(entry) } }
  let now = Timestamp.now()
  return .list(
    wanted.map { entry in
      .record(
        Record([
          "number": entry.number.map { .int($0) } ?? .null, "size": .size(ByteSize(bytes: Int64(entry.bytes))),
          "age": entry.checked.flatMap { now.since($0) }.map { .duration($0) } ?? .null,
          "library": .string(entry.source), "path": .string(entry.path),
        ]))
    })
}
