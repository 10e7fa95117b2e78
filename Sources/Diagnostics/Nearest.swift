/// Gives the known names that a mistyped word is most likely to mean, the nearest first; none if all are far.
///
/// The distance counts insertions, deletions, replacements and swaps of neighbours; one error is allowed for three letters.
public func nearest(_ word: String, among names: [String]) -> [String] {
  let wanted = Array(word.lowercased().utf8.prefix(64))
  guard !wanted.isEmpty else { return [] }
  let limit = max(1, wanted.count / 3)
  let near = names.compactMap { name -> (name: String, distance: Int)? in
    let known = Array(name.lowercased().utf8.prefix(64))
    guard abs(known.count - wanted.count) <= limit else { return nil }
    let distance = editDistance(wanted, known)
    return distance <= limit ? (name, distance) : nil
  }
  return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.map(\.name)
}

/// Counts the edits between two short texts (optimal string alignment), row by row.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var before: [Int] = []
  var previous = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
      row.append(best)
    }
    before = previous
    previous = row
  }
  return previous[b.count]
}
