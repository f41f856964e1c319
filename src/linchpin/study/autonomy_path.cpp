// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_path.h"

#include <fmt/format.h>

#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/study/autonomy_answers.h"
#include "linchpin/study/autonomy_presets.h"

namespace linchpin::study {
namespace {

/// What a study names lies beside it; shipped files are where they are.
ParameterSource beside(std::string const& study, ParameterSource const& files) {
  auto const slash = study.rfind('/');
  auto const folder = slash == std::string::npos ? std::string{} : study.substr(0, slash + 1);
  return {[&files, folder](std::string const& name) {
            bool const elsewhere = name.starts_with("default:") || name.starts_with('/');
            return files.read(elsewhere ? name : folder + name);
          },
          {}};
}

Result<AutonomyTechnology const*> technology_of(AutonomyPathAsk const& ask,
                                                AutonomyStudy const& study) {
  std::vector<std::string> known;
  for (auto const& each : study.technologies) known.push_back(each.name.value);
  if (!ask.technology) {
    if (known.size() == 1) return &study.technologies.front();
    return fail(ErrorCode::missing_value,
                fmt::format("'{}' has {} technologies", ask.file.value, known.size()),
                ask.file.where, fmt::format("name one: technology = \"{}\"", known.front()));
  }
  for (auto const& each : study.technologies) {
    if (each.name.value == ask.technology->value) return &each;
  }
  return fail(ErrorCode::unknown_label,
              fmt::format("'{}' has no technology '{}'", ask.file.value, ask.technology->value),
              ask.technology->where,
              did_you_mean(ask.technology->value, known, "name one of the study"));
}

Result<AutonomyStudy> study_of(AutonomyPathAsk const& ask, ParameterSource const& files) {
  if (!files.read) {
    return fail(ErrorCode::file_not_found, "no files can be read here", ask.file.where,
                "run the study with `linchpin run`");
  }
  auto const text = files.read(ask.file.value);
  if (!text) return fail(text.error());
  return read_autonomy_study(*text, ask.file.value);
}

void check_year(int year, AutonomyPathAsk const& ask, AutonomyStudy const& study,
                ErrorList& errors) {
  if (year >= study.first_year && year < study.first_year + study.years) return;
  errors.add(ErrorCode::bad_value, fmt::format("{} is not a year of '{}'", year, ask.file.value),
             ask.file.where,
             fmt::format("{} to {}", study.first_year, study.first_year + study.years - 1));
}

AutonomyPathYear row_of(localize::PathYear const& year, localize::PathYear const& without) {
  AutonomyPathYear row;
  row.year = year.year;
  row.home_share = year.home_share;
  row.home_spending = year.home_spending;
  row.price = year.unit_cost;
  row.quality = year.quality;
  row.cost_pct = 100 * (1 - year.welfare / without.welfare);
  return row;
}

}  // namespace

Result<AutonomyPath> autonomy_path(AutonomyPathAsk const& ask, Economy const& economy,
                                   ParameterSource const& files, RunControl const& control) {
  auto const study = study_of(ask, files);
  if (!study) return fail(study.error());
  auto const asked = technology_of(ask, *study);
  if (!asked) return fail(asked.error());
  auto const own_files = beside(ask.file.value, files);
  auto const opened = open_technology(*study, **asked, economy, own_files, control);
  if (!opened) return fail(opened.error());
  auto const parameters = preset_parameters(opened->ground, study->asks.preset);
  if (!parameters) return fail(parameters.error());
  std::vector<double> values;
  for (auto const& each : *parameters) values.push_back(each.value);
  auto const each = autonomy_case(opened->ground, values);
  if (!each) return fail(each.error());
  auto const paths = localize::autonomy_paths(*each, control);
  if (!paths) return fail(paths.error());

  AutonomyPath path;
  path.technology = (*asked)->name.value;
  path.title = opened->ground.technology.title;
  path.region = study->region.value;
  path.host = opened->ground.technology.sector;
  path.words = fmt::format("the central path of {} of {} {} its programme ({}, preset {})",
                           path.technology, path.region, ask.programme ? "with" : "without",
                           ask.file.value, study->asks.preset);
  auto const& rows = ask.programme ? paths->with : paths->without;
  ErrorList errors;
  auto years = ask.years;
  for (auto const& row : rows) {
    if (ask.years.empty()) years.push_back(row.year);
  }
  for (int const year : years) check_year(year, ask, *study, errors);
  if (!errors.empty()) return fail(errors.joined());
  for (int const year : years) {
    auto const t = static_cast<std::size_t>(year - study->first_year);
    path.years.push_back(row_of(rows[t], paths->without[t]));
  }
  return path;
}

Result<void> check_autonomy_path(AutonomyPathAsk const& ask, IndustrySpace const& space,
                                 ParameterSource const& files) {
  auto const study = study_of(ask, files);
  if (!study) return fail(study.error());
  ErrorList errors;
  if (auto const asked = technology_of(ask, *study); !asked) errors.add(asked.error());
  for (int const year : ask.years) check_year(year, ask, *study, errors);
  auto const known = check_autonomy_labels(*study, space, beside(ask.file.value, files));
  if (!known) errors.add(known.error());
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace linchpin::study
