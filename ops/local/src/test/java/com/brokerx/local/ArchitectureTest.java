package com.brokerx.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom, over the whole tree. */
@AnalyzeClasses(packages = "com.brokerx", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String CLIENTS = "com.brokerx.clients..";
    private static final String PORTFOLIOS = "com.brokerx.portfolios..";
    private static final String ORDERS = "com.brokerx.orders..";
    private static final String FACADES = "com.brokerx.facades..";
    private static final String COMMONS = "com.brokerx.commons..";
    private static final String LOCAL = "com.brokerx.local..";
    private static final String BOOK = "com.brokerx.orders.book..";

    private static final String[] MONEY = {
        "com.brokerx.commons.money..",
        "com.brokerx.portfolios.ledger..",
        "com.brokerx.portfolios.cash..",
        "com.brokerx.portfolios.reservation..",
        "com.brokerx.portfolios.settlement..",
        BOOK
    };

    @ArchTest
    static final ArchRule facadesKnowNoService = noClasses()
            .that()
            .resideInAPackage(FACADES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENTS, PORTFOLIOS, ORDERS, LOCAL)
            .because("a facade is what any service may hold in its hand")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule commonsNameNoFeature = noClasses()
            .that()
            .resideInAPackage(COMMONS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENTS, PORTFOLIOS, ORDERS, LOCAL)
            .because("commons are below everything")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule clientsImportNoOtherService = knowsNot(CLIENTS, PORTFOLIOS, ORDERS, LOCAL);

    @ArchTest
    static final ArchRule portfoliosImportNoOtherService = knowsNot(PORTFOLIOS, CLIENTS, ORDERS, LOCAL);

    @ArchTest
    static final ArchRule ordersImportNoOtherService = knowsNot(ORDERS, CLIENTS, PORTFOLIOS, LOCAL);

    private static ArchRule knowsNot(String service, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(service)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("services meet in facades and events alone")
                .allowEmptyShould(true);
    }

    @ArchTest
    static final ArchRule theBookKnowsNeitherSqlNorHttp = noClasses()
            .that()
            .resideInAPackage(BOOK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "org.jdbi..",
                    "java.net..",
                    "jakarta..",
                    "io.dropwizard..",
                    "com.fasterxml..",
                    FACADES)
            .because("matching is pure code: commands in, events out")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule productsDoNotDependOnLocalRunning = noClasses()
            .that()
            .resideOutsideOfPackage(LOCAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LOCAL)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule resourcesReachNoStore = noClasses()
            .that()
            .haveSimpleNameEndingWith("Resource")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*Store(\\$.*)?|org\\.jdbi\\.v3\\.core\\.Jdbi")
            .because("a resource turns HTTP into one call of a service, which owns the rules and the transaction");

    @ArchTest
    static final ArchRule storesAreCalledInTransactionsThatServicesOpen = noClasses()
            .that()
            .haveSimpleNameEndingWith("Store")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "java.net.http..")
            .because("a store speaks SQL and nothing else")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule servicesLogThroughSlf4j = noClasses()
            .that()
            .resideOutsideOfPackage(LOCAL)
            .and()
            .haveSimpleNameNotEndingWith("Command")
            .should(ACCESS_STANDARD_STREAMS)
            .because("what is printed carries no request id; a command is run by a person, who reads it");

    @ArchTest
    static final ArchRule nobodyUsesJavaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule moneyIsNeverAFloatingPointField = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(MONEY)
            .should()
            .haveRawType(double.class)
            .orShould()
            .haveRawType(float.class)
            .because("money is exact")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule moneyIsNeverAFloatingPointResult = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(MONEY)
            .should()
            .haveRawReturnType(double.class)
            .orShould()
            .haveRawReturnType(float.class)
            .because("money is exact")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule jsonHasOneConfiguration = noClasses()
            .that()
            .resideOutsideOfPackage(LOCAL)
            .should()
            .callConstructor(ObjectMapper.class)
            .because("dates, decimals and unknown fields are settled once, in commons.json");
}
