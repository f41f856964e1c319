// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "linchpin/table/table.h"

namespace linchpin {

/// Numbers of one column; `missing` is empty or as long as `values` and marks undefined entries,
/// whose value is then ignored (never NaN in any output).
struct NumberColumn {
  std::vector<double> values;
  std::vector<bool> missing;

  void push(double value) { push(std::optional<double>{value}); }
  void push(std::optional<double> value);
};

struct IntegerColumn {
  std::vector<std::int64_t> values;
  std::vector<bool> missing;

  void push(std::optional<std::int64_t> value);
};

using TextColumn = std::vector<std::string>;

/// One column of a tidy table. Text is untrusted (labels come from files): writers escape it.
struct ResultColumn {
  std::string name;         ///< snake_case, stable: machines read it
  std::string title;        ///< for people
  std::string unit;         ///< "%", "USD million", "days"; empty if none
  std::string description;  ///< one sentence
  std::variant<TextColumn, IntegerColumn, NumberColumn> data;
  std::string undefined = {};  ///< why entries can be missing; written beside them, never NaN

  [[nodiscard]] std::size_t size() const noexcept;
};

struct ResultTable {
  std::string name;  ///< snake_case; also the file name of its CSV
  std::string title;
  std::string note;       ///< what the table must not be used for, how it was made
  bool in_report = true;  ///< false: too long for the HTML report, files only
  std::vector<ResultColumn> columns;

  [[nodiscard]] std::size_t rows() const noexcept {
    return columns.empty() ? 0 : columns.front().size();
  }
};

enum class NoteKind { method, data, assumption };

/// A paragraph of plain text for the methods and data part of a report.
struct ResultNote {
  NoteKind kind = NoteKind::method;
  std::string title;
  std::string text;
};

using OptionValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

/// What makes a result reproducible. Everything but `started`, `duration_seconds` and `host` is the
/// same in every run of the same study on the same machine, whatever the number of threads.
struct Origin {
  std::string program = "linchpin";
  std::string version;
  std::string world_name;  ///< built-in name or file name
  TableInfo world;
  std::vector<std::pair<std::string, std::string>> inputs;  ///< (name, SHA-256 in hex)
  std::vector<std::pair<std::string, OptionValue>> options;
  std::optional<std::uint64_t> seed;  ///< empty: nothing random was used
  std::string blas;
  std::string host;
  std::string started;  ///< ISO 8601, UTC
  double duration_seconds = 0;
};

/// All answers of one run, as tidy tables with words around them.
struct ResultSet {
  std::string title;
  std::string question;
  std::optional<std::string> focus;    ///< label of the region that the first headline is about
  std::vector<std::string> headlines;  ///< computed sentences, the main one first
  /// The scenario of each headline, as long as `headlines`; empty where it is about none.
  std::vector<std::string> headline_scenarios;
  std::vector<std::string> warnings;
  Origin origin;
  std::vector<RegionLabel> regions;
  std::vector<SectorLabel> sectors;
  std::vector<ResultTable> tables;
  std::vector<ResultNote> notes;
};

}  // namespace linchpin
