// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/technology.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <limits>

#include "linchpin/core/nearest.h"
#include "linchpin/parameters/sector_codes.h"
#include "linchpin/parameters/technology_outline.h"

namespace linchpin::parameters {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr auto nowhere = static_cast<NumberPlace>(-1);

/// Bounds of a parameter; its value, low and high must all keep them.
struct Kind {
  char const* name;
  double lowest, highest;
  bool above;  ///< `lowest` itself is not allowed
  char const* hint;
};

constexpr std::array kinds{
    Kind{"own_cost", 0, unbounded, false, "a cost per unit, 0 or more"},
    Kind{"quality", 0, unbounded, true, "a quality above 0"},
    Kind{"quality_growth", -1, 5, false, "a growth rate per year"},
    Kind{"learning_rate", 0, 0.999, false, "a share below one per doubling"},
    Kind{"lead_time", 0, 100, false, "years, 0 or more"},
    Kind{"capital_cost", 0, unbounded, false, "a cost per unit and year, 0 or more"},
    Kind{"supplier", 0, 1, false, "a share, 0 to 1"},
    Kind{"input", 0, unbounded, true, "units per unit, above 0"},
    Kind{"use_share", 0, 1, false, "a share, 0 to 1"},
    Kind{"minimum_quality", 0, unbounded, false, "a quality, 0 or more"},
    Kind{"step_level", 0, 1, true, "a share of the frontier, above 0 and at most 1"},
    Kind{"gate_access", 0, 1, false, "a share, 0 to 1"},
    Kind{"gate_readiness", 0, 9, false, "a technology readiness level, 0 to 9"},
    Kind{"tool_access", 0, 1, false, "a share, 0 to 1"},
    Kind{"tool_readiness", 0, 9, false, "a technology readiness level, 0 to 9"},
    Kind{"readiness_rate", 0, 9, false, "levels per year, 0 to 9"},
};

std::string parameter_of(std::string const& key) { return key.substr(0, key.find('.')); }
std::string rest_of(std::string const& key) {
  auto const dot = key.find('.');
  return dot == std::string::npos ? std::string{} : key.substr(dot + 1);
}

class TechnologyBuilder {
 public:
  TechnologyBuilder(TechnologyOutline outline, std::vector<SourcedNumber> numbers,
                    std::string csv_name, ErrorList& errors)
      : outline_(std::move(outline)), csv_name_(std::move(csv_name)), errors_(errors) {
    technology_.numbers = std::move(numbers);
  }

  Technology build() {
    technology_.name = outline_.name;
    technology_.title = outline_.title;
    read_sector();
    for (auto const& [name, title] : outline_.stages) {
      technology_.stages.push_back(
          {name, title, nowhere, nowhere, nowhere, nowhere, nowhere, nowhere, {}, {}});
      stage_names_.push_back(name);
    }
    for (auto const& [name, title] : outline_.uses) {
      technology_.uses.push_back({name, title, nowhere, nowhere});
      use_names_.push_back(name);
    }
    for (auto const& [name, title] : outline_.tools) {
      technology_.tools.push_back({name, title, {}, {}, {}, technology_.stage(name)});
      tool_names_.push_back(name);
    }
    for (auto const& [name, title] : outline_.steps) {
      technology_.steps.push_back({name, title, nowhere, {}});
      step_names_.push_back(name);
    }
    for (NumberPlace k = 0; k < technology_.numbers.size(); ++k) place(k);
    find_step_tools();
    find_tool_stages();
    refuse_ladder();
    find_product();
    refuse_gaps();
    refuse_shares_over_one();
    refuse_loops();
    make_presets();
    return std::move(technology_);
  }

 private:
  void problem(ErrorCode code, std::string what, std::string where, std::string hint) {
    errors_.add(code, std::move(what), std::move(where), std::move(hint));
  }

  void read_sector() {
    technology_.sector = outline_.sector;
    if (!outline_.sector.empty() && divisions_of(outline_.sector).none()) {
      problem(ErrorCode::bad_value,
              fmt::format("'{}' is no sector of ISIC Rev. 4", outline_.sector), outline_.where,
              "write a division such as C26");
    }
  }

  std::optional<std::size_t> find(std::vector<std::string> const& names, std::string const& name,
                                  char const* what, std::string const& where) {
    auto const found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    problem(ErrorCode::unknown_label, fmt::format("'{}' is no {} of this technology", name, what),
            where, did_you_mean(name, names, fmt::format("{}s: {}", what, fmt::join(names, ", "))));
    return std::nullopt;
  }

  void check_bounds(SourcedNumber const& number, Kind const& kind) {
    for (auto const value : {number.low, number.value, number.high}) {
      if (value >= kind.lowest && value <= kind.highest && !(kind.above && value == kind.lowest)) {
        continue;
      }
      problem(ErrorCode::bad_value, fmt::format("{} is {}", number.key, value), number.where,
              kind.hint);
      return;
    }
  }

  /// Connects a number with the stage, supplier, input or use its key names.
  void place(NumberPlace k) {
    auto const& number = technology_.numbers[k];
    auto const parameter = parameter_of(number.key);
    auto const kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&](Kind const& each) { return parameter == each.name; });
    if (kind == kinds.end()) {
      std::vector<std::string> names;
      for (auto const& each : kinds) names.emplace_back(each.name);
      problem(
          ErrorCode::unknown_key, fmt::format("unknown parameter '{}'", parameter), number.where,
          did_you_mean(parameter, names, fmt::format("parameters: {}", fmt::join(names, ", "))));
      return;
    }
    check_bounds(number, *kind);
    if (parameter == "supplier") {
      place_supplier(k);
    } else if (parameter == "input") {
      place_input(k);
    } else if (parameter == "use_share" || parameter == "minimum_quality") {
      auto const use = find(use_names_, rest_of(number.key), "use", number.where);
      if (!use) return;
      auto& target = technology_.uses[*use];
      (parameter == "use_share" ? target.share : target.minimum_quality) = k;
    } else if (parameter == "step_level") {
      auto const step = find(step_names_, rest_of(number.key), "step", number.where);
      if (step) technology_.steps[*step].level = k;
    } else if (parameter == "gate_access" || parameter == "gate_readiness") {
      place_gate(k);
    } else if (parameter.starts_with("tool_") || parameter == "readiness_rate") {
      place_tool(k);
    } else if (auto const s = find(stage_names_, rest_of(number.key), "stage", number.where)) {
      *field(technology_.stages[*s], parameter) = k;
    }
  }

  static NumberPlace* field(Stage& stage, std::string_view parameter) {
    if (parameter == "own_cost") return &stage.own_cost;
    if (parameter == "quality") return &stage.quality;
    if (parameter == "quality_growth") return &stage.quality_growth;
    if (parameter == "learning_rate") return &stage.learning_rate;
    if (parameter == "lead_time") return &stage.lead_time;
    return &stage.capital_cost;
  }

  void place_supplier(NumberPlace k) {
    auto const& number = technology_.numbers[k];
    auto const rest = rest_of(number.key);
    auto const dot = rest.find('.');
    auto const region = dot == std::string::npos ? std::string{} : rest.substr(dot + 1);
    if (region.empty()) {
      problem(ErrorCode::bad_format, fmt::format("'{}' is no key", number.key), number.where,
              "write supplier.wafers.JPN: a stage and a country");
      return;
    }
    if (auto const s = find(stage_names_, rest.substr(0, dot), "stage", number.where)) {
      technology_.stages[*s].suppliers.push_back({region, k});
    }
  }

  void place_input(NumberPlace k) {
    auto const& number = technology_.numbers[k];
    auto const rest = rest_of(number.key);
    auto const arrow = rest.find('>');
    if (arrow == std::string::npos) {
      problem(ErrorCode::bad_format, fmt::format("'{}' is no key", number.key), number.where,
              "write input.chips>wafers: a stage and what it is made from");
      return;
    }
    auto const s = find(stage_names_, rest.substr(0, arrow), "stage", number.where);
    auto const input = find(stage_names_, rest.substr(arrow + 1), "stage", number.where);
    if (s && input) technology_.stages[*s].inputs.push_back({*input, k});
  }

  void place_gate(NumberPlace k) {
    auto const& number = technology_.numbers[k];
    if (!rest_of(number.key).empty()) {
      problem(ErrorCode::bad_format, fmt::format("'{}' is no key", number.key), number.where,
              "one rule holds for all tools: gate_access, gate_readiness");
      return;
    }
    (number.key == "gate_access" ? technology_.gate_access : technology_.gate_readiness) = k;
  }

  void place_tool(NumberPlace k) {
    auto const& number = technology_.numbers[k];
    auto const parameter = parameter_of(number.key);
    auto const rest = rest_of(number.key);
    auto const dot = rest.find('.');
    auto const tool = find(tool_names_, rest.substr(0, dot), "tool", number.where);
    if (!tool) return;
    auto& target = technology_.tools[*tool];
    auto& list = parameter == "tool_access"
                     ? target.access
                     : (parameter == "tool_readiness" ? target.readiness : target.rate);
    list.push_back({dot == std::string::npos ? std::string{} : rest.substr(dot + 1), k});
  }

  void find_step_tools() {
    for (auto const& each : outline_.step_tools) {
      auto const step = find(step_names_, each.step, "step", each.where);
      for (auto const& name : each.tools) {
        auto const tool = find(tool_names_, name, "tool", each.where);
        if (step && tool) technology_.steps[*step].tools.push_back(*tool);
      }
    }
  }

  void find_tool_stages() {
    for (auto const& each : outline_.tool_stages) {
      auto const tool = find(tool_names_, each.tool, "tool", each.where);
      auto const stage = find(stage_names_, each.stage, "stage", each.where);
      if (tool && stage) technology_.tools[*tool].stage = *stage;
    }
  }

  /// Steps have rising levels wherever in their ranges they are taken, tools all their numbers.
  void refuse_ladder() {
    auto const& numbers = technology_.numbers;
    auto const missing = [&](std::string const& what) {
      problem(ErrorCode::missing_value, fmt::format("{} is missing", what), csv_name_,
              "add a line; an assumption with a range will do");
    };
    for (auto const& tool : technology_.tools) {
      if (tool.access.empty()) missing(fmt::format("tool_access.{}", tool.name));
      if (tool.readiness.empty()) missing(fmt::format("tool_readiness.{}", tool.name));
      if (tool.rate.empty()) missing(fmt::format("readiness_rate.{}", tool.name));
    }
    if (technology_.steps.empty()) {
      if (technology_.tools.empty()) return;
      problem(ErrorCode::missing_value, "there are tools and no steps that need them",
              outline_.where, "add [steps] and [step_tools], or leave the tools out");
      return;
    }
    if (!technology_.gate_access) missing("gate_access");
    if (!technology_.gate_readiness) missing("gate_readiness");
    SourcedNumber const* below = nullptr;
    for (auto const& step : technology_.steps) {
      if (step.level == nowhere) {
        missing(fmt::format("step_level.{}", step.name));
        continue;
      }
      auto const& level = numbers[step.level];
      if (below != nullptr &&
          !(below->low < level.low && below->value < level.value && below->high < level.high)) {
        problem(ErrorCode::bad_value,
                fmt::format("{} is not above {} everywhere in its range", level.key, below->key),
                level.where, "list steps from the lowest to the highest; low, value and high rise");
      }
      below = &level;
    }
  }

  void find_product() {
    if (outline_.product.empty()) return;
    auto const found = find(stage_names_, outline_.product, "stage", outline_.where);
    if (found) technology_.product = *found;
  }

  void refuse_gaps() {
    for (auto& stage : technology_.stages) {
      for (auto const* parameter : {"own_cost", "quality", "quality_growth", "learning_rate",
                                    "lead_time", "capital_cost"}) {
        if (*field(stage, parameter) != nowhere) continue;
        problem(ErrorCode::missing_value, fmt::format("{}.{} is missing", parameter, stage.name),
                csv_name_, "add a line; an assumption with a range will do");
      }
      if (stage.suppliers.empty()) {
        problem(ErrorCode::missing_value, fmt::format("nobody supplies {}", stage.name), csv_name_,
                fmt::format("add lines such as supplier.{}.JPN", stage.name));
      }
    }
    for (auto const& use : technology_.uses) {
      if (use.share != nowhere && use.minimum_quality != nowhere) continue;
      problem(ErrorCode::missing_value,
              fmt::format("use {} lacks its share or its minimum quality", use.name), csv_name_,
              fmt::format("add use_share.{0} and minimum_quality.{0}", use.name));
    }
  }

  void refuse_shares_over_one() {
    constexpr double rounding = 1e-9;
    auto const refuse = [&](double sum, std::string const& of) {
      if (sum <= 1 + rounding) return;
      problem(ErrorCode::bad_value, fmt::format("shares of {} add up to {:.6g}", of, sum),
              csv_name_, "shares add up to one at most; what is missing are others");
    };
    for (auto const& stage : technology_.stages) {
      double sum = 0;
      for (auto const& each : stage.suppliers) sum += technology_.numbers[each.share].value;
      refuse(sum, fmt::format("suppliers of {}", stage.name));
    }
    double sum = 0;
    for (auto const& use : technology_.uses) {
      if (use.share != nowhere) sum += technology_.numbers[use.share].value;
    }
    refuse(sum, "uses");
  }

  /// Depth first; a stage met again while it is open closes a loop.
  void refuse_loops() {
    enum class Mark { unseen, open, done };
    std::vector<Mark> marks(technology_.stages.size(), Mark::unseen);
    std::vector<std::size_t> trail;
    auto const visit = [&](auto const& self, std::size_t s) -> void {
      marks[s] = Mark::open;
      trail.push_back(s);
      for (auto const& input : technology_.stages[s].inputs) {
        if (marks[input.stage] == Mark::unseen) self(self, input.stage);
        if (marks[input.stage] != Mark::open) continue;
        auto const start = std::find(trail.begin(), trail.end(), input.stage);
        std::vector<std::string> loop;
        for (auto each = start; each != trail.end(); ++each) loop.push_back(stage_names_[*each]);
        loop.push_back(stage_names_[input.stage]);
        problem(ErrorCode::bad_value,
                fmt::format("inputs run in a circle: {}", fmt::join(loop, " > ")),
                technology_.numbers[input.amount].where, "leave out the smallest of these inputs");
      }
      trail.pop_back();
      marks[s] = Mark::done;
    };
    for (std::size_t s = 0; s < marks.size(); ++s) {
      if (marks[s] == Mark::unseen) visit(visit, s);
    }
  }

  void make_presets() {
    for (auto const& [name, changes] : outline_.presets) {
      Technology::Preset preset{name, {}};
      for (auto const& number : technology_.numbers) {
        preset.values.push_back(at_preset(number, name));
      }
      // The key of one number beats a parameter, wherever it stands.
      for (bool const single : {false, true}) {
        for (auto const& change : changes) {
          if ((change.key.find('.') != std::string::npos) == single) apply(change, preset);
        }
      }
      technology_.presets.push_back(std::move(preset));
    }
    for (auto const needed : needed_presets) {
      auto const there = std::any_of(outline_.presets.begin(), outline_.presets.end(),
                                     [&](auto const& each) { return each.first == needed; });
      if (there) continue;
      problem(ErrorCode::missing_value, fmt::format("there is no preset '{}'", needed),
              outline_.where, fmt::format("add [presets.{}]; empty, it is the values", needed));
    }
  }

  void apply(PresetChange const& change, Technology::Preset& preset) {
    bool any = false;
    for (NumberPlace k = 0; k < technology_.numbers.size(); ++k) {
      auto const& number = technology_.numbers[k];
      if (number.key != change.key && parameter_of(number.key) != change.key) continue;
      any = true;
      if (auto const* const word = std::get_if<std::string>(&change.to)) {
        preset.values[k] =
            *word == "low" ? number.low : (*word == "high" ? number.high : number.value);
        continue;
      }
      auto const value = std::get<double>(change.to);
      preset.values[k] = value;
      if (value >= number.low && value <= number.high) continue;
      problem(ErrorCode::bad_value,
              fmt::format("preset {} sets {} to {}", preset.name, number.key, value), change.where,
              fmt::format("its range is {} to {}", number.low, number.high));
    }
    if (any) return;
    problem(ErrorCode::unknown_key,
            fmt::format("preset {} changes '{}', which is no number", preset.name, change.key),
            change.where, "use the key of a number, or a parameter such as learning_rate");
  }

  TechnologyOutline outline_;
  std::string csv_name_;
  ErrorList& errors_;
  Technology technology_;
  std::vector<std::string> stage_names_, use_names_, tool_names_, step_names_;
};

}  // namespace

std::optional<NumberPlace> TechnologyTool::of(std::vector<Regional> const& list,
                                              std::string_view region) {
  std::optional<NumberPlace> general;
  for (auto const& each : list) {
    if (each.region == region) return each.number;
    if (each.region.empty()) general = each.number;
  }
  return general;
}

std::vector<double> Technology::values() const {
  std::vector<double> result;
  for (auto const& each : numbers) result.push_back(each.value);
  return result;
}

Result<std::vector<double>> Technology::preset(std::string_view preset_name) const {
  std::vector<std::string> names;
  for (auto const& each : presets) {
    if (each.name == preset_name) return each.values;
    names.push_back(each.name);
  }
  return fail(ErrorCode::unknown_label, fmt::format("there is no preset '{}'", preset_name), name,
              did_you_mean(preset_name, names, fmt::format("presets: {}", fmt::join(names, ", "))));
}

std::optional<std::size_t> Technology::stage(std::string_view stage_name) const {
  for (std::size_t s = 0; s < stages.size(); ++s) {
    if (stages[s].name == stage_name) return s;
  }
  return std::nullopt;
}

Result<Technology> read_technology(std::string_view toml, std::string const& toml_name,
                                   std::string_view csv, std::string const& csv_name) {
  ErrorList errors;
  auto outline = read_technology_outline(toml, toml_name, errors);
  auto numbers = read_sourced_numbers(csv, csv_name);
  if (!numbers) errors.add(numbers.error());
  // Without one of the two everything in the other would seem to be unknown.
  if (outline.where.empty() || !numbers) return fail(errors.joined());
  auto technology =
      TechnologyBuilder(std::move(outline), *std::move(numbers), csv_name, errors).build();
  if (!errors.empty()) return fail(errors.joined());
  return technology;
}

}  // namespace linchpin::parameters
