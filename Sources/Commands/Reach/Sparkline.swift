/// Numbers as a line of bars, each an eighth of a line high or more.
enum Sparkline {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let width = 60

  /// Gives at most 60 bars from 0 to the largest number; where there are more numbers, a bar is the largest of some.
  static func of(_ numbers: [Double]) -> String {
    guard let largest = numbers.max(), largest > 0 else { return "" }
    let step = (numbers.count + width - 1) / width
    return String(
      stride(from: 0, to: numbers.count, by: max(1, step)).map { start in
        let height = (numbers[start..<min(start + step, numbers.count)].max() ?? 0) / largest
        return bars[min(bars.count - 1, max(0, Int(height * Double(bars.count - 1) + 0.5)))]
      })
  }
}
