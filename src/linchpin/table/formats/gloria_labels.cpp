// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/gloria_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "linchpin/table/formats/eora_labels.h"
#include "linchpin/table/formats/label_builder.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

using Names = std::initializer_list<std::string_view>;

/// Position of the first field that is one of `titles` in any case.
std::optional<std::size_t> column_of(CsvReader const& csv, Names titles) {
  auto const same = [](std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
      return std::tolower(static_cast<unsigned char>(x)) ==
             std::tolower(static_cast<unsigned char>(y));
    });
  };
  auto const& fields = csv.fields();
  for (auto const title : titles) {
    for (std::size_t field = 0; field < fields.size(); ++field) {
      if (same(fields[field], title)) return field;
    }
  }
  return std::nullopt;
}

/// A list of labels, with names for people if it has a column of them.
struct List {
  std::vector<std::string> labels;
  std::vector<std::string> names;
};

Result<List> read_list(CsvReader csv, Names label_titles, Names name_titles,
                       ProblemList& problems) {
  List list;
  std::optional<std::size_t> label_column;
  std::optional<std::size_t> name_column;
  std::map<std::string, std::size_t, std::less<>> lines;
  bool header = true;
  while (!problems.full()) {
    auto const more = csv.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (auto const done = csv.split(); !done) return fail(done.error());
    auto const& fields = csv.fields();
    if (std::exchange(header, false)) {
      label_column = column_of(csv, label_titles);
      name_column = column_of(csv, name_titles);
      if (label_column) continue;
    }
    auto const at = label_column.value_or(fields.size() - 1);
    auto const text = at < fields.size() ? fields[at] : std::string_view{};
    // The sheet of value added and final demand has columns of different length.
    if (text.empty() && label_column && fields.size() > 1) continue;
    if (auto const fault = label_fault(text); !fault.empty()) {
      problems.add(ErrorCode::bad_value, fmt::format("the label '{}' {}", printable(text), fault),
                   csv.where(at), "labels are short texts in UTF-8");
      continue;
    }
    auto const [first, added] = lines.try_emplace(std::string{text}, csv.line_number());
    if (!added) {
      problems.add(
          ErrorCode::duplicate_label,
          fmt::format("the label '{}' appears twice, first in line {}", text, first->second),
          csv.where(at), "every label names one region, sector or kind of use");
      continue;
    }
    if (list.labels.size() == most_labels) {
      return fail(ErrorCode::too_large, fmt::format("the list holds over {} labels", most_labels),
                  csv.where(), "no table has as many rows: check that it is the right file");
    }
    list.labels.emplace_back(text);
    list.names.emplace_back(name_column && *name_column < fields.size() ? fields[*name_column]
                                                                        : std::string_view{});
  }
  if (list.labels.empty() && problems.empty()) {
    problems.add(ErrorCode::missing_value, "the list holds no label", csv.name(),
                 "save the sheet of the release's ReadMe workbook as CSV");
  }
  return list;
}

}  // namespace

Result<GloriaLabels> read_gloria_labels(LabelFiles const& files, ProblemList& problems) {
  GloriaLabels labels;
  labels.categories = {
      "Household final consumption P.3h",  "Non-profit institutions serving households P.3n",
      "Government final consumption P.3g", "Gross fixed capital formation P.51",
      "Changes in inventories P.52",       "Acquisitions less disposals of valuables P.53"};
  labels.value_added = {"Compensation of employees D.1", "Taxes on production D.29",
                        "Subsidies on production D.39",  "Net operating surplus B.2n",
                        "Net mixed income B.3n",         "Consumption of fixed capital K.1"};
  std::string_view const both = "value_added_and_final_demand.csv";
  struct Wanted {
    Names files;
    Names titles;
    std::vector<std::string>& labels;
    bool needed;
  };
  auto const read = [&](Wanted const& wanted) -> Result<void> {
    if (!wanted.needed && !files.has(wanted.files)) return {};
    auto csv = files.open(wanted.files);
    if (!csv && csv.error().code == ErrorCode::missing_value) {
      problems.add(csv.error().code, csv.error().what, csv.error().where,
                   "save the sheets Regions and Sectors of the release's ReadMe workbook as "
                   "regions.csv and sectors.csv beside the matrices");
      return {};
    }
    if (!csv) return fail(csv.error());
    auto list = read_list(std::move(*csv), wanted.titles, {"Region_names", "name"}, problems);
    if (!list) return fail(list.error());
    wanted.labels = std::move(list->labels);
    if (&wanted.labels == &labels.regions) labels.region_names = std::move(list->names);
    return {};
  };
  for (auto const& wanted :
       {Wanted{{"regions.csv"}, {"Region_acronyms", "label"}, labels.regions, true},
        Wanted{{"sectors.csv"}, {"Sector_names", "label", "name"}, labels.sectors, true},
        Wanted{{"final_demand.csv", both},
               {"Final_demand_names", "label", "name"},
               labels.categories,
               false},
        Wanted{{"value_added.csv", both},
               {"Value_added_names", "label", "name"},
               labels.value_added,
               false}}) {
    if (auto const done = read(wanted); !done) return fail(done.error());
  }
  return labels;
}

TableLabels table_labels(GloriaLabels const& labels) {
  LabelBuilder builder;
  for (auto const& region : labels.regions) {
    for (auto const& sector : labels.sectors) {
      builder.add_industry(builder.add_region(region), builder.add_sector(sector));
    }
  }
  for (auto const& category : labels.categories) builder.add_category(category);
  for (auto const& row : labels.value_added) builder.add_value_added_row(row);
  auto result = builder.finish();
  for (std::size_t r = 0; r < result.regions.size(); ++r) {
    auto& region = result.regions[r];
    if (region.name == region.label && !labels.region_names[r].empty()) {
      region.name = labels.region_names[r];
    }
  }
  for (auto& sector : result.sectors) sector.service = names_a_service(sector.label);
  for (auto& category : result.categories) category = described_final_demand(category);
  return result;
}

}  // namespace linchpin
