// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/table/files/text_sink.h"
#include "linchpin/table/table.h"

namespace linchpin::bench {

/// Three capitals: "AAA", "AAB" …
inline std::string region_code(std::size_t r) {
  std::string code(3, 'A');
  for (std::size_t k = code.size(); k-- > 0; r /= 26) code[k] = static_cast<char>('A' + r % 26);
  return code;
}

/// How a layout names and writes things.
struct Layout {
  std::string_view corner;        ///< first field or fields of the header
  std::string_view label;         ///< format of a seller's fields from its region and sector
  std::string_view column;        ///< format of a column from its region and sector
  std::string_view number;        ///< format of a cell
  std::string_view output;        ///< column or row of gross output
  bool output_is_column = false;  ///< else a row, and rows TLS and VA stand above it
  std::string_view final_demand[4];
};

/// Counts in millions without decimals and a column of output, as WIOD's 2013 release has them:
/// most cells are short, many are zero.
inline constexpr Layout wiod2013{.corner = "country,sector",
                                 .label = "{},c{}",
                                 .column = "{}_c{}",
                                 .number = "{:.0f}",
                                 .output = "OUTPUT",
                                 .output_is_column = true,
                                 .final_demand = {"HH", "GOV", "GFCF", "INVEN"}};
/// Ten digits and a row of output, as OECD's ICIO has them.
inline constexpr Layout oecd_icio{.corner = "V1",
                                  .label = "{}_A{:02}",
                                  .column = "{}_A{:02}",
                                  .number = "{:.10g}",
                                  .output = "OUT",
                                  .final_demand = {"HFCE", "GGFC", "GFCF", "INVNT"}};

namespace detail {

inline void add_value(std::string& line, Layout const& layout, double value) {
  line += ',';
  if (value == 0) {
    line += '0';
  } else {
    fmt::format_to(std::back_inserter(line), fmt::runtime(layout.number), value);
  }
}

inline std::string header(Table const& table, Layout const& layout) {
  std::string line{layout.corner};
  for (auto const& key : table.labels.industries) {
    line += ',';
    line += fmt::format(fmt::runtime(layout.column), region_code(key.region.index()),
                        key.sector.index() + 1);
  }
  for (std::size_t r = 0; r < table.labels.regions.size(); ++r) {
    for (std::size_t c = 0; c < table.labels.categories.size(); ++c) {
      line += fmt::format(",{}_{}", region_code(r), layout.final_demand[c]);
    }
  }
  if (layout.output_is_column) line += fmt::format(",{}", layout.output);
  return line + '\n';
}

inline std::string foot(Table const& table, Layout const& layout) {
  std::string lines;
  for (auto const name : {std::string_view{"TLS"}, std::string_view{"VA"}, layout.output}) {
    lines += name;
    for (std::size_t j = 0; j < table.size(); ++j) {
      add_value(lines, layout,
                name == "TLS"  ? 0.0
                : name == "VA" ? table.value_added(0, j)
                               : table.output[j]);
    }
    for (std::size_t k = 0; k < table.labels.final_columns(); ++k) lines += ",0";
    lines += '\n';
  }
  return lines;
}

}  // namespace detail

/// Writes a synthetic world the way a publisher would; compressed if the name ends in .gz.
inline Result<void> write_as(Layout const& layout, Table const& table,
                             std::filesystem::path const& path) {
  auto sink = TextSink::create(path);
  if (!sink) return fail(sink.error());
  if (auto const done = sink->write(detail::header(table, layout)); !done) return done;
  DenseVector scratch;
  std::string line;
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const key = table.labels.industries[i];
    line = fmt::format(fmt::runtime(layout.label), region_code(key.region.index()),
                       key.sector.index() + 1);
    for (double const flow : table.Z.row(i, scratch)) detail::add_value(line, layout, flow);
    for (double const use : table.Y.row(i)) detail::add_value(line, layout, use);
    if (layout.output_is_column) detail::add_value(line, layout, table.output[i]);
    line += '\n';
    if (auto const done = sink->write(line); !done) return done;
  }
  if (!layout.output_is_column) {
    if (auto const done = sink->write(detail::foot(table, layout)); !done) return done;
  }
  return sink->commit();
}

}  // namespace linchpin::bench
