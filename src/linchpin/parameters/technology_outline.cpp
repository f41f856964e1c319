// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/technology_outline.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>

#include "linchpin/core/nearest.h"

namespace linchpin::parameters {
namespace {

constexpr std::size_t most_names = 1000;  // no product line is longer

class OutlineReader {
 public:
  OutlineReader(toml::table const& document, std::string const& file, ErrorList& errors)
      : document_(document), file_(file), errors_(errors) {}

  TechnologyOutline read() {
    TechnologyOutline outline;
    outline.where = file_;
    outline.name = text("name", "the technology's name: name = \"robots\"");
    outline.title = text("title", "a title for people");
    outline.sector = text("sector", "the sector it belongs to, by ISIC Rev. 4: sector = \"C26\"");
    outline.product = text("product", "the stage that is sold: product = \"robot\"");
    outline.stages = named("stages", true);
    outline.uses = named("uses", false);
    outline.tools = named("tools", false);
    outline.steps = named("steps", false);
    read_step_tools(outline);
    read_tool_stages(outline);
    read_presets(outline);
    refuse_unknown_keys();
    return outline;
  }

 private:
  [[nodiscard]] std::string where(toml::node const& node) const {
    return fmt::format("{}:{}", file_, node.source().begin.line);
  }

  std::string text(char const* key, char const* hint) {
    auto const* node = document_.get(key);
    if (node == nullptr) {
      errors_.add(ErrorCode::missing_value, fmt::format("there is no '{}'", key), file_, hint);
      return {};
    }
    auto const value = node->value_exact<std::string>();
    if (!value || value->empty()) {
      errors_.add(ErrorCode::bad_value, fmt::format("'{}' is not a text", key), where(*node), hint);
      return {};
    }
    return *value;
  }

  /// A table from names to titles, in the order of the lines.
  std::vector<std::pair<std::string, std::string>> named(char const* key, bool needed) {
    auto const* node = document_.get(key);
    auto const* table = node == nullptr ? nullptr : node->as_table();
    if (table == nullptr || table->empty()) {
      if (node != nullptr || needed) {
        errors_.add(ErrorCode::missing_value, fmt::format("[{}] has no entry", key),
                    node == nullptr ? file_ : where(*node), "write name = \"title\" below it");
      }
      return {};
    }
    if (table->size() > most_names) {
      errors_.add(ErrorCode::too_large, fmt::format("[{}] has {} entries", key, table->size()),
                  where(*node), fmt::format("at most {}", most_names));
      return {};
    }
    std::vector<std::pair<unsigned, std::pair<std::string, std::string>>> lines;
    for (auto const& [name, title] : *table) {
      auto const given = title.value_exact<std::string>();
      if (!given || !is_name(name.str())) {
        errors_.add(
            ErrorCode::bad_format,
            fmt::format("'{}' in [{}] is no name with a title", std::string{name.str()}, key),
            where(title), "names are lower-case letters, digits and '-'; titles are texts");
        continue;
      }
      lines.push_back({title.source().begin.line, {std::string{name.str()}, *given}});
    }
    std::sort(lines.begin(), lines.end());
    std::vector<std::pair<std::string, std::string>> result;
    for (auto& line : lines) result.push_back(std::move(line.second));
    return result;
  }

  static bool is_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
  }

  /// step = ["tool", …]
  void read_step_tools(TechnologyOutline& outline) {
    auto const* node = document_.get("step_tools");
    if (node == nullptr) return;
    auto const wrong = [&](toml::node const& at) {
      errors_.add(ErrorCode::bad_format, "[step_tools] is no table from steps to lists of tools",
                  where(at), "write step = [\"tool\", \"other-tool\"]");
    };
    if (!node->is_table()) return wrong(*node);
    for (auto const& [step, list] : *node->as_table()) {
      auto const* names = list.as_array();
      if (names == nullptr) {
        wrong(list);
        continue;
      }
      outline.step_tools.push_back({std::string{step.str()}, {}, where(list)});
      for (auto const& each : *names) {
        if (auto const name = each.value_exact<std::string>()) {
          outline.step_tools.back().tools.push_back(*name);
        } else {
          wrong(each);
        }
      }
    }
  }

  /// tool = "stage"
  void read_tool_stages(TechnologyOutline& outline) {
    auto const* node = document_.get("tool_stages");
    if (node == nullptr) return;
    auto const wrong = [&](toml::node const& at) {
      errors_.add(ErrorCode::bad_format, "[tool_stages] is no table from tools to stages",
                  where(at), "write tool = \"stage\"");
    };
    if (!node->is_table()) return wrong(*node);
    for (auto const& [tool, stage] : *node->as_table()) {
      if (auto const name = stage.value_exact<std::string>()) {
        outline.tool_stages.push_back({std::string{tool.str()}, *name, where(stage)});
      } else {
        wrong(stage);
      }
    }
  }

  void read_presets(TechnologyOutline& outline) {
    auto const* node = document_.get("presets");
    if (node == nullptr) return;  // each missing preset is reported by name
    if (!node->is_table()) {
      errors_.add(ErrorCode::bad_format, "'presets' is not a table", where(*node),
                  "write [presets.sceptic]");
      return;
    }
    for (auto const& [name, body] : *node->as_table()) {
      auto const* changes = body.as_table();
      if (changes == nullptr) {
        errors_.add(ErrorCode::bad_format,
                    fmt::format("preset '{}' is not a table", std::string{name.str()}), where(body),
                    "write [presets.sceptic]");
        continue;
      }
      outline.presets.emplace_back(std::string{name.str()}, std::vector<PresetChange>{});
      for (auto const& [key, to] : *changes) read_change(std::string{key.str()}, to, outline);
    }
  }

  void read_change(std::string const& key, toml::node const& to, TechnologyOutline& outline) {
    auto& changes = outline.presets.back().second;
    if (auto const number = to.value<double>(); number && !to.is_boolean()) {
      changes.push_back({key, *number, where(to)});
    } else if (auto const word = to.value_exact<std::string>();
               word && (*word == "low" || *word == "value" || *word == "high")) {
      changes.push_back({key, *word, where(to)});
    } else {
      errors_.add(ErrorCode::bad_value, fmt::format("'{}' is set to nothing a preset knows", key),
                  where(to), "use \"low\", \"value\", \"high\" or a number");
    }
  }

  void refuse_unknown_keys() {
    std::vector<std::string> const known{"name",       "title",       "sector", "product",
                                         "stages",     "uses",        "tools",  "steps",
                                         "step_tools", "tool_stages", "presets"};
    for (auto const& [key, node] : document_) {
      std::string const name{key.str()};
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      errors_.add(ErrorCode::unknown_key, fmt::format("there is no key '{}'", name), where(node),
                  did_you_mean(name, known, fmt::format("keys are {}", fmt::join(known, ", "))));
    }
  }

  toml::table const& document_;
  std::string const& file_;
  ErrorList& errors_;
};

std::optional<toml::table> parse(std::string_view text, std::string const& file,
                                 ErrorList& errors) {
  constexpr std::size_t longest = std::size_t{1} << 20;
  if (text.size() > longest) {
    errors.add(ErrorCode::too_large, "longer than 1 MiB", file, "is this really a technology?");
    return std::nullopt;
  }
  try {
    return toml::parse(text, file);
  } catch (toml::parse_error const& error) {
    errors.add(ErrorCode::bad_format, std::string{error.description()},
               fmt::format("{}:{}", file, error.source().begin.line),
               "the file must be TOML (https://toml.io)");
    return std::nullopt;
  }
}

}  // namespace

TechnologyOutline read_technology_outline(std::string_view text, std::string const& name,
                                          ErrorList& errors) {
  auto const document = parse(text, name, errors);
  if (!document) return {};
  return OutlineReader(*document, name, errors).read();
}

}  // namespace linchpin::parameters
