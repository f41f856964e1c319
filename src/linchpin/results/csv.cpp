// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/csv.h"

#include <cmath>
#include <cstddef>
#include <string_view>

#include "linchpin/core/contracts.h"
#include "linchpin/results/number_text.h"
#include "linchpin/results/output_folder.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin {
namespace {

bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
}

void append_text(std::string& out, std::string_view text) {
  bool const formula = looks_like_formula(text);
  if (!formula && text.find_first_of("\",\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  if (formula) out += '\'';
  for (char const c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_entry(std::string& out, TextColumn const& texts, std::size_t row) {
  append_text(out, texts[row]);
}

template <class Numbers>
void append_entry(std::string& out, Numbers const& numbers, std::size_t row) {
  bool const missing = !numbers.missing.empty() && numbers.missing[row];
  bool const finite = std::isfinite(static_cast<double>(numbers.values[row]));
  LINCHPIN_EXPECTS(missing || finite);
  if (!missing && finite) append_number(out, numbers.values[row]);
}

char const* type_name(ResultColumn const& column) {
  if (std::holds_alternative<TextColumn>(column.data)) return "text";
  return std::holds_alternative<IntegerColumn>(column.data) ? "integer" : "number";
}

}  // namespace

std::string csv_text(ResultTable const& table) {
  std::string out;
  out.reserve(64 + table.rows() * table.columns.size() * 12);
  for (std::size_t k = 0; k < table.columns.size(); ++k) {
    LINCHPIN_EXPECTS(table.columns[k].size() == table.rows());
    if (k > 0) out += ',';
    append_text(out, table.columns[k].name);
  }
  out += '\n';
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t k = 0; k < table.columns.size(); ++k) {
      if (k > 0) out += ',';
      std::visit([&](auto const& values) { append_entry(out, values, row); },
                 table.columns[k].data);
    }
    out += '\n';
  }
  return out;
}

std::string csv_dictionary(ResultSet const& results) {
  std::string out = "table,column,title,unit,type,description\n";
  for (auto const& table : results.tables) {
    for (auto const& column : table.columns) {
      for (std::string_view const text :
           {std::string_view{table.name}, std::string_view{column.name},
            std::string_view{column.title}, std::string_view{column.unit}}) {
        append_text(out, text);
        out += ',';
      }
      out += type_name(column);
      out += ',';
      append_text(out, column.undefined.empty()
                           ? column.description
                           : column.description + " Empty: " + column.undefined + ".");
      out += '\n';
    }
  }
  return out;
}

Result<void> write_csv(ResultSet const& results, std::filesystem::path const& folder) {
  if (auto made = make_output_folder(folder); !made) return fail(made.error());
  for (auto const& table : results.tables) {
    auto written = write_text_atomically(folder / (table.name + ".csv"), csv_text(table));
    if (!written) return written;
  }
  return write_text_atomically(folder / "columns.csv", csv_dictionary(results));
}

}  // namespace linchpin
