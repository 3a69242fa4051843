// Checks the files it is given against PDF/UA-1 and prints a line for each: name, failed checks, which rules.
// The profile is read with the plain XML parser, as the machine may have no JAXB runtime.

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public final class VeraCheck {
    private static final PDFAFlavour UA1 = PDFAFlavour.PDFUA_1;

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        java.util.logging.Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile();
        for (String file : files) {
            check(profile, file);
        }
    }

    private static void check(ValidationProfile profile, String file) throws Exception {
        PDFAValidator validator = ValidatorFactory.createValidator(profile, false);
        StringBuilder rules = new StringBuilder();
        int failed = 0;
        int checks = 0;
        try (InputStream in = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, UA1)) {
            ValidationResult result = validator.validate(parser);
            checks = result.getTotalAssertions();
            for (Map.Entry<RuleId, Integer> entry : result.getFailedChecks().entrySet()) {
                failed += entry.getValue();
                rules.append(entry.getKey().getClause()).append('-').append(entry.getKey().getTestNumber()).append(' ');
            }
        }
        System.out.println(file + "\t" + checks + "\t" + failed + "\t" + rules.toString().trim());
    }

    private static ValidationProfile profile() throws Exception {
        Document document;
        try (InputStream in = ValidationProfile.class.getResourceAsStream("/org/verapdf/pdfa/validation/PDFUA-1.xml")) {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
        Set<Rule> rules = new HashSet<>();
        NodeList nodes = document.getElementsByTagName("rule");
        for (int i = 0; i < nodes.getLength(); i++) {
            rules.add(rule((Element) nodes.item(i)));
        }
        Set<Variable> variables = new HashSet<>();
        NodeList values = document.getElementsByTagName("variable");
        for (int i = 0; i < values.getLength(); i++) {
            Element value = (Element) values.item(i);
            variables.add(Profiles.variableFromValues(
                    value.getAttribute("name"), value.getAttribute("object"), text(value, "defaultValue"), text(value, "value")));
        }
        return Profiles.profileFromValues(
                UA1, Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = (Element) rule.getElementsByTagName("id").item(0);
        RuleId named = Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.ISO_14289_1, id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(named, rule.getAttribute("object"), deferred, rule.getAttribute("tags"),
                text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues("failed", Collections.emptyList()), new ArrayList<>());
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
