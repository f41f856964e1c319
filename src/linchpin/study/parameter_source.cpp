// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/parameter_source.h"

#include <fmt/format.h>

#include <algorithm>

#include "linchpin/parameters/mapping.h"

namespace linchpin::study {
namespace {

using parameters::Parameter;
using parameters::ParameterFile;

// A file to read: its name, the column or set in it, and who asks for it.
struct Wanted {
  std::string name, choice, where;
  bool ratings = false;  // must have ratings of criticality
};

/// "default" is all shipped files; "file.csv#CP" is the set CP of a file.
void add_wanted(Placed<std::string> const& text, bool ratings, std::vector<Wanted>& wanted) {
  if (text.value == "default") {
    if (ratings) {
      wanted.push_back({"default:criticality.csv", "", text.where, true});
      return;
    }
    for (auto const* name : {"inventory_days", "elasticities", "criticality"}) {
      wanted.push_back({fmt::format("default:{}.csv", name), "", text.where, false});
    }
    return;
  }
  auto const hash = text.value.rfind('#');
  bool const chosen = hash != std::string::npos;
  wanted.push_back({text.value.substr(0, hash), chosen ? text.value.substr(hash + 1) : "",
                    text.where, ratings});
}

bool has_ratings(ParameterFile const& file) {
  return std::any_of(file.rows.begin(), file.rows.end(), [](parameters::Row const& row) {
    return row.parameter == Parameter::criticality;
  });
}

void read_wanted(Wanted const& wanted, ParameterSource const& source,
                 std::vector<ParameterFile>& files, ErrorList& errors) {
  if (!source.read) {
    errors.add(ErrorCode::file_not_found,
               fmt::format("parameters '{}' cannot be read here", wanted.name), wanted.where,
               "run the scenario with `linchpin disrupt` or `linchpin run`, which read files");
    return;
  }
  auto const text = source.read(wanted.name);
  if (!text) {
    auto error = text.error();
    error.where = wanted.where + ": " + error.where;
    errors.add(std::move(error));
    return;
  }
  auto file = parameters::read_parameter_file(*text, wanted.name, wanted.choice);
  if (!file) {
    errors.add(file.error());
    return;
  }
  if (wanted.ratings && !has_ratings(*file)) {
    errors.add(ErrorCode::missing_value,
               fmt::format("'{}' has no ratings of criticality", wanted.name), wanted.where,
               "it needs a matrix of ratings, or keys like criticality.C26>C29");
    return;
  }
  files.push_back(std::move(*file));
}

void set_numbers(parameters::SectorParameters::Numbers const& numbers, double otherwise,
                 std::size_t sectors, DenseVector& target) {
  if (numbers.empty()) return;
  if (target.empty()) target.assign(sectors, otherwise);
  for (std::size_t s = 0; s < sectors; ++s) target[s] = numbers[s].value_or(target[s]);
}

}  // namespace

bool needs_ratings(disrupt::Production production) noexcept {
  return production == disrupt::Production::strongly_critical ||
         production == disrupt::Production::half_critical ||
         production == disrupt::Production::weakly_critical;
}

bool apply_parameters(std::vector<ModelSpec const*> const& specs, ParameterSource const& source,
                      std::string const& ratings_for, IndustrySpace const& space,
                      disrupt::ModelOptions& options, std::vector<std::string>& warnings,
                      ErrorList& errors) {
  std::vector<Wanted> wanted;
  for (auto const* spec : specs) {
    for (auto const& each : spec->parameters) add_wanted(each, false, wanted);
    if (spec->criticality) add_wanted(*spec->criticality, true, wanted);
  }
  for (auto const& name : source.asked) add_wanted({name, "--parameters"}, false, wanted);
  std::vector<ParameterFile> files;
  for (auto const& each : wanted) read_wanted(each, source, files, errors);
  if (!ratings_for.empty() && std::none_of(files.begin(), files.end(), has_ratings)) {
    auto const before = errors.size();
    std::vector<ParameterFile> shipped;
    read_wanted({"default:criticality.csv", "", ratings_for, true}, source, shipped, errors);
    if (errors.size() == before) files.insert(files.begin(), std::move(shipped.front()));
  }
  if (files.empty()) return false;
  auto const found = parameters::map_to_sectors(files, space.labels().sectors);
  set_numbers(found.inventory_days, 1, space.sectors(), options.inventory_days);
  set_numbers(found.resourcing_elasticity, 1, space.sectors(), options.resourcing_elasticity);
  set_numbers(found.overproduction, options.overproduction_max, space.sectors(),
              options.overproduction_by_product);
  if (!found.criticality.empty()) options.criticality = found.criticality;
  for (auto const& text : found.findings) warnings.push_back("Parameters: " + text + ".");
  if (found.assumptions > 0) {
    warnings.push_back(fmt::format("{} of {} parameters taken from files are assumptions.",
                                   found.assumptions, found.used));
  }
  return !found.inventory_days.empty();
}

}  // namespace linchpin::study
