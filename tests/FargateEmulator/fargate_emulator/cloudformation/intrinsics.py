"""Functions of a template and dynamic references, resolved."""
import base64
import ipaddress
import json
import re
from typing import Callable

from ..errors import validation

NO_VALUE = object()
PSEUDO = {"AWS::AccountId", "AWS::Region", "AWS::Partition", "AWS::StackName", "AWS::StackId", "AWS::URLSuffix", "AWS::NoValue",
          "AWS::NotificationARNs"}
DYNAMIC = re.compile(r"\{\{resolve:(secretsmanager|ssm|ssm-secure):([^}]+)\}\}")
PLACEHOLDER = re.compile(r"\$\{(!?)([^}]*)\}")


class Scope:
    """What names stand for: parameters, pseudo parameters, mappings, conditions; resources by two functions of the caller."""

    def __init__(self, template: dict, parameters: dict, pseudo: dict, ref: Callable[[str], object],
                 attribute: Callable[[str, str], object], imported: Callable[[str], str], dynamic: Callable[[str, str], str] | None):
        self.template, self.parameters, self.pseudo = template, parameters, pseudo
        self.ref_resource, self.attribute, self.imported, self.dynamic = ref, attribute, imported, dynamic

    def resolve(self, value):
        """The value with every function done; a property that is AWS::NoValue is left out."""
        if isinstance(value, dict):
            if len(value) == 1:
                name, argument = next(iter(value.items()))
                if name == "Ref" or name.startswith("Fn::") or name == "Condition" and isinstance(argument, str) and argument in self.template.get("Conditions", {}):
                    return self._function(name, argument)
            resolved = {key: self.resolve(item) for key, item in value.items()}
            return {key: item for key, item in resolved.items() if item is not NO_VALUE}
        if isinstance(value, list):
            return [item for item in map(self.resolve, value) if item is not NO_VALUE]
        return self._references(value) if isinstance(value, str) else value

    def condition(self, name: str) -> bool:
        if name not in self.template.get("Conditions", {}):
            raise validation(f"Template format error: Unresolved condition dependency {name} in the Resources block of the template")
        return self._test(self.template["Conditions"][name])

    def _test(self, value) -> bool:
        if isinstance(value, dict) and len(value) == 1:
            name, argument = next(iter(value.items()))
            match name:
                case "Condition":
                    return self.condition(argument)
                case "Fn::Equals":
                    first, second = (self.resolve(item) for item in argument)
                    return _text(first) == _text(second)
                case "Fn::Not":
                    return not self._test(argument[0])
                case "Fn::And":
                    return all(map(self._test, argument))
                case "Fn::Or":
                    return any(map(self._test, argument))
        raise validation(f"Template validation error: no condition: {json.dumps(value)}")

    def ref(self, name: str):
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self.pseudo:
            return self.pseudo[name]
        return self.parameters[name] if name in self.parameters else self.ref_resource(name)

    def _function(self, name: str, argument):
        match name:
            case "Ref":
                return self.ref(argument)
            case "Condition":
                return self.condition(argument)
            case "Fn::GetAtt":
                logical, _, attribute = argument.partition(".") if isinstance(argument, str) else (argument[0], "", self.resolve(argument[1]))
                return self.attribute(logical, attribute)
            case "Fn::Sub":
                return self._references(self._substitute(argument))
            case "Fn::If":
                return self.resolve(argument[1] if self.condition(argument[0]) else argument[2])
            case "Fn::ImportValue":
                return self.imported(self.resolve(argument))
            case "Fn::Join":
                return argument[0].join(_text(item) for item in self.resolve(argument[1]))
            case "Fn::Select":
                index, values = int(self.resolve(argument[0])), self.resolve(argument[1])
                # What was split may be a value that is known only later: then so is each part of it.
                return values[index] if index < len(values) else "".join(map(_text, values))
            case "Fn::Split":
                return self.resolve(argument[1]).split(argument[0])
            case "Fn::GetAZs":
                return [(self.resolve(argument) or self.pseudo["AWS::Region"]) + zone for zone in "abc"]
            case "Fn::FindInMap":
                table, first, second = (self.resolve(item) for item in argument[:3])
                return self.template["Mappings"][table][first][second]
            case "Fn::Base64":
                return base64.b64encode(self.resolve(argument).encode()).decode()
            case "Fn::Cidr":
                block, count, bits = (self.resolve(item) for item in [*argument, 8][:3])
                network = ipaddress.ip_network(block)
                subnets = network.subnets(new_prefix=network.max_prefixlen - int(bits))
                return [str(next(subnets)) for _ in range(int(count))]
            case "Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or":
                return self._test({name: argument})
        raise validation(f"Template format error: unsupported function {name}")

    def _substitute(self, argument) -> str:
        text, variables = (argument, {}) if isinstance(argument, str) else (argument[0], argument[1])

        def replace(match: re.Match) -> str:
            literal, name = match.group(1), match.group(2).strip()
            if literal:
                return "${" + match.group(2) + "}"
            if name in variables:
                return _text(self.resolve(variables[name]))
            logical, dot, attribute = name.partition(".")
            return _text(self.attribute(logical, attribute) if dot else self.ref(name))

        return PLACEHOLDER.sub(replace, text)

    def _references(self, text: str) -> str:
        if self.dynamic is None or "{{resolve:" not in text:
            return text
        return DYNAMIC.sub(lambda match: self.dynamic(match.group(1), match.group(2)), text)


def _text(value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def references(value) -> set[tuple[str, str | None]]:
    """The names that a value uses: (name, None) for Ref, (name, attribute) for GetAtt; those in Fn::Sub too."""
    found: set[tuple[str, str | None]] = set()
    if isinstance(value, list):
        for item in value:
            found |= references(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "Ref" and isinstance(item, str):
                found.add((item, None))
            elif key == "Fn::GetAtt":
                logical, _, attribute = item.partition(".") if isinstance(item, str) else (item[0], "", item[1])
                found.add((logical, attribute if isinstance(attribute, str) else json.dumps(attribute)))
            elif key == "Fn::Sub":
                text, variables = (item, {}) if isinstance(item, str) else (item[0], item[1])
                for literal, name in PLACEHOLDER.findall(text):
                    if not literal and name.strip() not in variables:
                        logical, dot, attribute = name.strip().partition(".")
                        found.add((logical, attribute if dot else None))
                found |= references(variables)
            elif key == "Condition" and isinstance(item, str):
                continue
            else:
                found |= references(item)
    return found


def imports(value) -> list:
    """The arguments of each Fn::ImportValue."""
    if isinstance(value, list):
        return [name for item in value for name in imports(item)]
    if isinstance(value, dict):
        return [name for key, item in value.items() for name in ([item] if key == "Fn::ImportValue" else imports(item))]
    return []
