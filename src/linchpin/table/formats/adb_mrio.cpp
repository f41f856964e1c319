// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/table/category_scheme.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/table/formats/eora_files.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/formats/matrix_reader.h"
#include "linchpin/table/formats/matrix_reader_member.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

using Kind = MatrixRole::Kind;

// Lines before the table: titles, the three lines of the header, a blank one or two.
constexpr std::size_t most_header_lines = 16;
constexpr std::size_t most_columns = 100'000;

struct Input {
  std::string_view code;
  std::string_view name;
};
constexpr std::array<Input, 6> inputs{{
    {"r99", "r99 taxes less subsidies on products"},
    {"r61", "r61 cif/fob adjustments on exports"},
    {"r62", "r62 direct purchases abroad by residents"},
    {"r63", "r63 purchases on the domestic territory by non-residents"},
    {"r64", "r64 value added at basic prices"},
    {"r65", "r65 international transport margins"},
}};
constexpr std::string_view intermediate_total = "r60";
constexpr std::string_view gross_output = "r69";

/// A letter and one or two digits: "c1" to "c35", "F1" to "F5", "r60".
bool is_code(std::string_view text, char letter) noexcept {
  return (text.size() == 2 || text.size() == 3) &&
         std::tolower(static_cast<unsigned char>(text.front())) == letter &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool is_industry_code(std::string_view text) noexcept { return is_code(text, 'c'); }
bool is_final_code(std::string_view text) noexcept { return is_code(text, 'f'); }

/// The header: a line of country codes, a line of industry codes, and perhaps a line of
/// descriptions before or between them; in front of the numbers, fields that name the rows.
struct Header {
  std::size_t label_fields = 0;
  std::vector<std::string> countries;  // one per number of a row
  std::vector<std::string> codes;
};

bool looks_like_country(std::string_view text) noexcept {
  return text.size() >= 2 && text.size() <= 4 &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isalpha(c) != 0; });
}

/// The countries for `codes` from the fields of another line of the header; nothing if they are
/// not country codes.
std::optional<Header> joined(std::vector<std::string> const& line,
                             std::vector<std::string> const& codes) {
  auto const first = static_cast<std::size_t>(
      std::find_if(codes.begin(), codes.end(), is_industry_code) - codes.begin());
  if (first < 2 || line.size() < codes.size()) return std::nullopt;
  for (std::size_t k = first; k < codes.size(); ++k) {
    if ((is_industry_code(codes[k]) || is_final_code(codes[k])) && !looks_like_country(line[k])) {
      return std::nullopt;
    }
  }
  Header header{first, {}, {}};
  header.countries.assign(line.begin() + static_cast<std::ptrdiff_t>(first),
                          line.begin() + static_cast<std::ptrdiff_t>(codes.size()));
  header.codes.assign(codes.begin() + static_cast<std::ptrdiff_t>(first), codes.end());
  return header;
}

bool is_code_line(std::vector<std::string> const& fields) {
  auto const industries = std::count_if(fields.begin(), fields.end(), is_industry_code);
  auto const final_uses = std::count_if(fields.begin(), fields.end(), is_final_code);
  return industries >= 2 && final_uses >= 2;
}

/// Reads lines until the header is complete; leaves the reader behind it. Nothing if there is none.
Result<std::optional<Header>> read_header(CsvReader& csv) {
  std::vector<std::vector<std::string>> lines;
  std::optional<std::size_t> code_line;
  for (std::size_t count = 0; count < most_header_lines; ++count) {
    auto const more = csv.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (count == 0 || lines.back().size() < 2) csv.set_dialect(dialect_of(csv.line()));
    if (auto const done = csv.split(); !done) return fail(done.error());
    auto const& fields = csv.fields();
    if (fields.size() > most_columns) break;
    lines.emplace_back(fields.begin(), fields.end());
    if (is_code_line(lines.back())) {
      code_line = lines.size() - 1;
      // Countries above, nearest first: the published order.
      for (auto above = *code_line; above-- > 0;) {
        if (auto header = joined(lines[above], lines.back())) return header;
      }
    } else if (code_line) {
      if (auto header = joined(lines.back(), lines[*code_line])) return header;
    }
  }
  return std::optional<Header>{};
}

MatrixRole column_role(std::string const& country, std::string const& code) {
  if (is_industry_code(code)) return {Kind::industry, country, lowercase(code), {}};
  if (is_final_code(code)) {
    auto part = code;
    part.front() = 'F';
    return {Kind::final_use, country, std::move(part), {}};
  }
  // The total behind the table and the empty columns a spreadsheet leaves.
  auto const text = lowercase(code);
  if (text.empty() || text.starts_with("tot") || is_code(text, 'r')) return {.kind = Kind::ignored};
  return {.part = "is neither an industry (c1 … c35) nor a kind of final demand (F1 … F5)"};
}

/// The last field that is a code names the row, the nearest field before it the country.
MatrixRole row_role(std::span<std::string_view const> labels) {
  for (std::size_t k = labels.size(); k-- > 0;) {
    auto const code = lowercase(labels[k]);
    if (is_industry_code(code)) {
      for (auto before = k; before-- > 0;) {
        if (!labels[before].empty()) {
          return {Kind::industry, std::string{labels[before]}, code, {}};
        }
      }
      return {.part = "names no country"};
    }
    if (!is_code(code, 'r')) continue;
    if (code == intermediate_total) return {.kind = Kind::ignored};
    if (code == gross_output) return {.kind = Kind::output};
    auto const input = std::find_if(inputs.begin(), inputs.end(),
                                    [&](Input const& each) { return each.code == code; });
    if (input == inputs.end()) return {.part = "is not a row of this format"};
    return {.kind = Kind::value_added, .part = std::string{input->name}};
  }
  // Notes below the table ("Source: …") and lines a spreadsheet leaves empty.
  return {.kind = Kind::ignored};
}

/// The first year in a name: the date of the release comes behind it ("ADB-MRIO-2019_Dec2022").
int first_year(std::string_view name) {
  constexpr std::size_t digits = 4;
  for (std::size_t start = 0; start < name.size(); ++start) {
    if (std::isdigit(static_cast<unsigned char>(name[start])) == 0) continue;
    auto const stop = std::min(name.find_first_not_of("0123456789", start), name.size());
    if (stop - start == digits) {
      if (auto const year = year_in_name(name.substr(start, digits)); year != 0) return year;
    }
    start = stop;
  }
  return 0;
}

TableInfo describe_adb(Bundle const& bundle, std::string const& member) {
  TableInfo info;
  auto const slash = member.rfind('/');
  info.year = first_year(slash == std::string::npos ? member : member.substr(slash + 1));
  if (info.year == 0) info.year = first_year(bundle.file_name());
  info.title = "ADB Multiregional Input-Output Table";
  if (info.year != 0) info.title += fmt::format(", {}", info.year);
  info.unit = {"USD", 1e6};
  info.price_basis =
      lowercase(member).find("constant") != std::string::npos ? "constant prices" : "current prices";
  info.source =
      "Asian Development Bank, Multiregional Input-Output Tables, Key Indicators Database, "
      "https://kidb.adb.org/mrio";
  info.licence = "ADB terms of use: free with attribution, not for sale";
  info.history =
      fmt::format("imported from {} (format adb_mrio)",
                  bundle.single_file() ? bundle.file_name() : bundle.file_name() + ":" + member);
  return info;
}

/// F1 to F5 by the names other publishers' codes of the same five kinds have.
void name_final_demand(Table& table) {
  constexpr std::array<char const*, 5> same{"HFCE", "NPISH", "GGFC", "GFCF", "INVNT"};
  for (auto& category : table.labels.categories) {
    auto const kind = static_cast<std::size_t>(category.label.back() - '1');
    if (category.label.size() != 2 || kind >= same.size()) continue;
    auto known = describe_category(same[kind]);
    category.name = std::move(known.name);
    category.inventory_change = known.inventory_change;
  }
}

/// Looks at the start of a member only: a large one of another format costs no more.
bool is_adb_member(Bundle const& bundle, std::string const& member) {
  auto const name = lower_file_name(member);
  if (!name.ends_with(".csv") && !name.ends_with(".txt") && !bundle.single_file()) return false;
  // Titles are short and headers have many fields; a long line of anything else is not read on.
  constexpr std::size_t few = 64;
  constexpr std::size_t long_line = 32'768;
  auto const first = bundle.first_line(member);
  auto const separators = std::count(first.begin(), first.end(), dialect_of(first).separator);
  if (first.empty() || (first.size() > long_line && static_cast<std::size_t>(separators) < few)) {
    return false;
  }
  auto csv = bundle.open_csv(member);
  if (!csv) return false;
  auto const header = read_header(*csv);
  return header && header->has_value();
}

bool looks_like_adb(Bundle const& bundle) {
  // A few members at most hold tables; a folder of thousands is something else.
  constexpr std::size_t most_members = 64;
  auto const& members = bundle.members();
  return members.size() <= most_members &&
         std::any_of(members.begin(), members.end(),
                     [&](std::string const& member) { return is_adb_member(bundle, member); });
}

Result<Table> read_adb(Bundle const& bundle, ReadOptions const& options,
                       RunControl const& control) {
  auto const member = choose_member(
      bundle, options, [&](std::string const& each) { return is_adb_member(bundle, each); });
  if (!member) return fail(member.error());
  auto csv = bundle.open_csv(*member);
  if (!csv) return fail(csv.error());
  auto header = read_header(*csv);
  if (!header) return fail(header.error());
  if (!*header) {
    return fail(ErrorCode::bad_format, "there is no header of country and industry codes",
                csv->name(),
                "save the sheet of the publisher's workbook as CSV with its header: a line of "
                "country codes, a line c1 … c35, F1 … F5");
  }
  std::vector<MatrixRole> roles;
  std::vector<std::string> names;
  for (std::size_t k = 0; k < (*header)->codes.size(); ++k) {
    roles.push_back(column_role((*header)->countries[k], (*header)->codes[k]));
    names.push_back((*header)->countries[k] + "_" + (*header)->codes[k]);
  }
  MatrixLayout layout{.label_fields = (*header)->label_fields,
                      .column = {},
                      .row = row_role,
                      .value_added_rows = {},
                      .example = "PRC, c14",
                      // The workbook leaves cells blank where nothing flows.
                      .empty_cells = LabelledRows::EmptyCells::zero};
  for (auto const& input : inputs) layout.value_added_rows.emplace_back(input.name);
  MatrixReader reader(std::move(*csv), std::move(layout), options, control);
  if (auto const done = reader.set_columns(roles, names); !done) return fail(done.error());
  auto table = reader.read_rows(describe_adb(bundle, *member));
  if (table) name_final_demand(*table);
  return table;
}

}  // namespace

TableFormat adb_mrio_format() noexcept {
  return {"adb_mrio", "ADB multiregional tables, a sheet of the workbook saved as CSV",
          looks_like_adb, read_adb};
}

}  // namespace linchpin
