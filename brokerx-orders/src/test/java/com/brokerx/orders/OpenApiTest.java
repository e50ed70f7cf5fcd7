package com.brokerx.orders;

import com.brokerx.orders.market.InstrumentsResource;
import com.brokerx.orders.market.MarketResource;
import com.brokerx.orders.order.OrderCode;
import com.brokerx.orders.order.OrdersResource;
import com.brokerx.orders.stream.StreamApi;
import com.brokerx.orders.trade.ExecutionsResource;
import com.brokerx.orders.trade.OrderLogResource;
import com.brokerx.orders.trade.TradesResource;
import com.brokerx.testing.OpenApiDocument;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    @Test
    void theDocumentSaysWhatTheCodeDoes() {
        OpenApiDocument.assertUpToDate(
                "orders",
                "BrokerX orders",
                "Orders, executions, trades and market data.",
                Set.of(
                        OrdersResource.class,
                        StreamApi.class,
                        OrderLogResource.class,
                        ExecutionsResource.class,
                        TradesResource.class,
                        MarketResource.class,
                        InstrumentsResource.class),
                OrderCode.values());
    }
}
