// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/country_codes.h"

#include <fmt/format.h>

#include <optional>

#include "linchpin/core/lowercase.h"
#include "linchpin/table/files/csv_lines.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/trade/trade_columns.h"

namespace linchpin {
namespace {

std::string_view without_zeros(std::string_view code) {
  while (code.size() > 1 && code.front() == '0') code.remove_prefix(1);
  return code;
}

bool is_code_list(std::string const& member) {
  auto const name = lowercase(member.substr(member.find_last_of('/') + 1));
  return name.starts_with("country_codes") && name.find(".csv") != std::string::npos;
}

}  // namespace

Result<CountryCodes> CountryCodes::read(CsvReader csv) {
  auto const header =
      read_header(csv,
                  {{"country_code", {"country_code", "code"}},
                   {"country_iso3", {"country_iso3", "iso_3digit_alpha", "iso3"}}},
                  "a list of country codes has the columns country_code and country_iso3");
  if (!header) return fail(header.error());
  CountryCodes codes;
  codes.name_ = csv.name();
  ProblemList problems;
  auto const done = for_each_line(csv, problems, [&] {
    auto const& fields = csv.fields();
    if (fields.size() != header->width) {
      problems.add(ErrorCode::bad_format, ragged_line(fields.size(), header->width), csv.where(),
                   "write as many fields as the header has");
      return;
    }
    auto const code = without_zeros(fields[header->field_of[0]]);
    auto const given = fields[header->field_of[1]];
    auto const label = given.empty() || given == "N/A" ? code : given;
    for (auto const text : {code, label}) {
      if (auto const fault = label_fault(text); !fault.empty()) {
        problems.add(ErrorCode::bad_value, fmt::format("the label '{}' {}", printable(text), fault),
                     csv.where(), "give every code a label");
        return;
      }
    }
    auto const [place, is_new] = codes.labels_.try_emplace(std::string{code}, label);
    if (is_new || place->second == label) return;
    problems.add(ErrorCode::duplicate_label,
                 fmt::format("the code '{}' is '{}' and '{}'", code, place->second, label),
                 csv.where(), "keep one of the lines");
  });
  if (!done) return fail(done.error());
  if (problems.empty() && codes.labels_.empty()) {
    problems.add(ErrorCode::bad_format, "the list has no code", csv.name(), "check the download");
  }
  if (!problems.empty()) return fail(problems.joined(csv.name()));
  return codes;
}

Result<std::optional<CountryCodes>> CountryCodes::beside(Bundle const& bundle,
                                                         std::filesystem::path const& named) {
  std::optional<CsvReader> csv;
  if (!named.empty()) {
    auto opened = CsvReader::open(named);
    if (!opened) return fail(opened.error());
    csv = *std::move(opened);
  } else if (!bundle.single_file()) {
    for (auto const& member : bundle.members()) {
      if (!is_code_list(member)) continue;
      auto opened = bundle.open_csv(member);
      if (!opened) return fail(opened.error());
      csv = *std::move(opened);
      break;
    }
  }
  if (!csv) return std::optional<CountryCodes>{};
  auto codes = read(*std::move(csv));
  if (!codes) return fail(codes.error());
  return std::optional{*std::move(codes)};
}

std::string const* CountryCodes::find(std::string_view code) const {
  auto const found = labels_.find(std::string{without_zeros(code)});
  return found == labels_.end() ? nullptr : &found->second;
}

}  // namespace linchpin
