import Interpreter

extension Theme {
  /// Gives the parameters of the control sequence SGR (ECMA-48 §8.3.117) that show a role; nil for none.
  ///
  /// All are of the sixteen colours that the person has chosen for the terminal.
  func graphicRendition(of role: Role) -> String? {
    let (dark, light, mono) = Self.renditions(of: role)
    switch self {
    case .dark: return dark
    case .light: return light
    case .mono: return mono
    case .none: return nil
    }
  }

  private static func renditions(of role: Role) -> (dark: String, light: String, mono: String?) {
    switch role {
    case .header: ("1", "1", "1")
    case .key: ("36", "34", nil)
    case .number: ("33", "35", nil)
    case .string: ("32", "32", nil)
    case .address: ("35", "36", nil)
    case .faint: ("2", "90", "2")
    case .error: ("1;31", "1;31", "1;7")
    case .warning: ("1;33", "1;35", "1")
    case .success: ("32", "32", nil)
    case .place: ("34", "34", nil)
    case .hint: ("36", "34", "3")
    }
  }

  /// Tells from COLORFGBG, which some terminals set to the numbers of their two colours, `15;0`, whether the background is light.
  static func fitting(colorFGBG: String?) -> Theme {
    guard let last = colorFGBG?.split(separator: ";").last, let background = Int(last) else { return .dark }
    return background == 7 || background == 15 ? .light : .dark
  }
}
