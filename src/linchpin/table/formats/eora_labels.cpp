// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/eora_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <span>
#include <utility>

#include "linchpin/core/lowercase.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

/// Which field holds what.
struct Columns {
  std::optional<std::size_t> region;
  std::optional<std::size_t> entity;
  std::size_t name = 0;
};

/// Columns named by a header; nothing if the line is none.
std::optional<Columns> header_columns(std::span<std::string_view const> fields) {
  auto const find = [&](std::string_view name) -> std::optional<std::size_t> {
    auto const field = std::find_if(fields.begin(), fields.end(),
                                    [&](std::string_view each) { return lowercase(each) == name; });
    if (field == fields.end()) return std::nullopt;
    return static_cast<std::size_t>(field - fields.begin());
  };
  auto const name = find("sector");
  auto const entity = find("entity");
  if (!name || !entity) return std::nullopt;
  return Columns{find("countrya3"), entity, *name};
}

/// Columns of a file without a header, by the number of fields.
Columns plain_columns(std::size_t fields) {
  if (fields >= 4) return {1, 2, 3};
  if (fields == 3) return {0, 1, 2};
  if (fields == 2) return {std::nullopt, 0, 1};
  return {std::nullopt, std::nullopt, 0};
}

void check(std::string_view label, std::string_view what, std::string where,
           ProblemList& problems) {
  if (auto const fault = label_fault(label); !fault.empty()) {
    problems.add(ErrorCode::bad_value, fmt::format("the {} '{}' {}", what, printable(label), fault),
                 std::move(where), "labels are short texts in UTF-8");
  }
}

}  // namespace

Result<std::vector<EoraLabel>> read_eora_labels(CsvReader csv, ProblemList& problems) {
  std::vector<EoraLabel> labels;
  std::optional<Columns> columns;
  std::size_t width = 0;
  while (!problems.full()) {
    auto const more = csv.next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (auto const done = csv.split(); !done) return fail(done.error());
    auto fields = std::span<std::string_view const>(csv.fields());
    while (!fields.empty() && fields.back().empty()) fields = fields.first(fields.size() - 1);
    if (!columns) {
      width = fields.size();
      columns = header_columns(fields);
      if (columns) continue;
      columns = plain_columns(fields.size());
    }
    if (fields.size() != width) {
      problems.add(ErrorCode::bad_format,
                   fmt::format("the line has {} fields, the first has {}", fields.size(), width),
                   csv.where(), "every line names one row: country, code, entity, name");
      continue;
    }
    auto const field = [&](std::optional<std::size_t> at) {
      return at ? std::string{fields[*at]} : std::string{};
    };
    EoraLabel label{field(columns->region), field(columns->entity), field(columns->name)};
    if (columns->region) check(label.region, "region", csv.where(*columns->region), problems);
    check(label.name, "name", csv.where(columns->name), problems);
    labels.push_back(std::move(label));
    if (labels.size() <= most_labels) continue;
    return fail(ErrorCode::too_large, fmt::format("the file holds over {} labels", most_labels),
                csv.where(), "no table has as many rows: check that it is the right file");
  }
  return labels;
}

bool names_a_service(std::string_view sector) {
  auto const name = lowercase(sector);
  auto const has = [&](std::string_view word) { return name.find(word) != std::string::npos; };
  // "Transport equipment", "Electronic components", "Medical instruments": goods that hold a word
  // of the second list.
  constexpr std::array<std::string_view, 8> goods{"equipment", "machinery", "instrument",
                                                  "vehicles",  "appliance", "manufacture",
                                                  "material",  "products"};
  constexpr std::array<std::string_view, 32> services{"service",
                                                      "electricity",
                                                      "electric power",
                                                      "gas and water",
                                                      "water supply",
                                                      "water collection",
                                                      "distribution of gas",
                                                      "gas distribution",
                                                      "construction",
                                                      "trade",
                                                      "repair",
                                                      "maintenance",
                                                      "hotel",
                                                      "restaurant",
                                                      "accommodation",
                                                      "transport",
                                                      "post",
                                                      "telecommunication",
                                                      "financ",
                                                      "insurance",
                                                      "real estate",
                                                      "business",
                                                      "professional",
                                                      "public admin",
                                                      "government",
                                                      "education",
                                                      "health",
                                                      "social",
                                                      "private household",
                                                      "recreation",
                                                      "re-export",
                                                      "waste"};
  auto const any = [&](auto const& words) { return std::any_of(words.begin(), words.end(), has); };
  return any(services) && (!any(goods) || has("service") || has("repair") || has("trade"));
}

CategoryLabel described_final_demand(CategoryLabel category) {
  auto const name = lowercase(category.label);
  // Valuables are a store of value bought and sold again: no more a recurrent use than inventories.
  if (name.find("inventor") != std::string::npos || name.find("valuables") != std::string::npos) {
    category.inventory_change = true;
  }
  return category;
}

}  // namespace linchpin
