// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/study/placed.h"

namespace linchpin::study {

/// Allowed values of a number, ends included unless `above` says otherwise.
struct Range {
  double lowest = -std::numeric_limits<double>::infinity();
  double highest = std::numeric_limits<double>::infinity();
  bool above = false;          ///< `lowest` itself is not allowed
  bool infinity = false;       ///< TOML's `inf` is allowed
  char const* hint = nullptr;  ///< what to try when a number lies outside
};

inline constexpr Range days_range{.lowest = 0, .highest = 36500};

/// Reads one TOML table key by key and adds every problem, with its line, to an ErrorList. Keys
/// that were never asked for are unknown: `finish` reports them with the nearest known one.
class TomlReader {
 public:
  TomlReader(toml::table const& table, std::string const& source, std::string path,
             ErrorList& errors);

  [[nodiscard]] bool has(std::string_view key);
  [[nodiscard]] std::string where() const { return place(table_.source()); }
  [[nodiscard]] std::string place_of(std::string_view key) const;

  [[nodiscard]] std::optional<Placed<std::string>> text(std::string_view key);
  /// A text for tables and sentences: line breaks, control characters and characters that change
  /// the direction of writing are problems.
  [[nodiscard]] std::optional<Placed<std::string>> name(std::string_view key);
  [[nodiscard]] std::optional<Placed<double>> number(std::string_view key, Range const& range = {});
  [[nodiscard]] std::optional<Placed<int>> whole(std::string_view key, Range const& range = {});
  [[nodiscard]] std::optional<Placed<bool>> boolean(std::string_view key);
  /// A list of texts, or one text alone. An empty list and a text given twice are errors.
  [[nodiscard]] std::vector<Placed<std::string>> texts(std::string_view key);
  /// The same for a node that stands below `key`, in a list of lists.
  [[nodiscard]] std::vector<Placed<std::string>> texts_of(std::string_view key,
                                                          toml::node const& node);
  /// A number below `key`, in a list of lists; empty after a problem.
  [[nodiscard]] std::optional<Placed<double>> number_of(std::string_view key,
                                                        toml::node const& node, Range const& range);
  /// A table inside this one.
  [[nodiscard]] std::optional<TomlReader> table(std::string_view key);
  /// An array of tables ([[key]]).
  [[nodiscard]] std::vector<TomlReader> tables(std::string_view key);
  /// The raw node, for keys that may have several types; null if absent.
  [[nodiscard]] toml::node const* node(std::string_view key);

  /// The keys of this table, sorted; none of them is known by that.
  [[nodiscard]] std::vector<std::string> keys() const;
  /// All numbers of this table, whatever their keys (a table from labels to numbers).
  [[nodiscard]] std::vector<Placed<std::pair<std::string, double>>> all_numbers(Range const& range);

  void finish();  ///< reports the keys nobody asked for

  void wrong_type(std::string_view key, toml::node const& node, std::string_view wanted);
  void problem(ErrorCode code, std::string what, std::string where, std::string hint);
  /// The key as the user knows it: "cut.share".
  [[nodiscard]] std::string full_name(std::string_view key) const;

 private:
  [[nodiscard]] std::string place(toml::source_region const& region) const;
  [[nodiscard]] std::optional<double> checked_number(std::string_view key, toml::node const& node,
                                                     Range const& range);
  void remember(std::string_view key);

  toml::table const& table_;
  std::string const& source_;
  std::string path_;
  ErrorList& errors_;
  std::vector<std::string> known_;
};

/// True if two names differ in the case of their letters at most: files and people mix them up.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

/// The document, or a problem of syntax in `errors` (then empty).
[[nodiscard]] std::optional<toml::table> parse_toml(std::string_view text,
                                                    std::string const& source, ErrorList& errors);

/// The same problems ordered by line (a TOML table forgets the order of its keys), each once.
[[nodiscard]] Error in_line_order(Error error);

}  // namespace linchpin::study
