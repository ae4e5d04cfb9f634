/** 512 plain English words: see phrases.ts for what they must be. */
export const englishWords: readonly string[] = `
acorn almond amber anchor apple apron april arch arrow artist atlas autumn avocado badge bakery balcony ball
bamboo banana banjo barley barn basil basket beach bean bear beaver bell bench berry bicycle birch bird
biscuit blanket blossom blouse blue boat book boot bottle bowl bracelet branch bread breeze brick bridge
bronze brook broom brother brown brush bucket buffalo butter button cabbage cabin cactus cake camel camera
candle canoe canvas caramel carpet carrot castle cat cedar cello cereal chair chalk cheese cherry chess
chestnut chimney chorus cinnamon circle city clay clock cloth cloud clover coat cocoa coconut coffee coin comb
compass copper coral corn cotton cousin cow crab cradle crane crayon cream cricket crown cup cupboard curtain
cushion daisy dance dancer daughter dawn deer desert desk dill dinner dish dolphin donkey door dough dove
drawer drawing dress drum duck dune eagle earth east easel echo elbow elephant elm emerald engine envelope
evening fabric falcon family fan farm farmer father feather fence fern ferry fiddle field fig finch finger
fish flame flask floor flower flute foam fog folder forest fork fountain fox frame friend frog frost fruit
garden garlic gate gazelle ginger giraffe glass globe glove goat gold goose grain grandma grape grass green
guitar hammock hand harbour harp harvest hat hazel heart hedge helmet heron hill hive honey hood horse hotel
house ice iris iron island ivory ivy jacket jar jasmine jeans jelly jewel juice july june jungle juniper
kangaroo kettle key kitchen kite kitten kiwi knee ladder lake lamb lamp lantern laundry lavender lawn leaf
leather lemon lentil letter library light lily lime linen lion lizard loaf lotus lunch magnet mango map maple
marble march market meadow medal melon milk mill mint mirror mitten monday monkey moon morning moss mother
mountain mouse muffin mug mushroom music napkin necklace needle nest night noodle north notebook nut nutmeg
oak oasis oat ocean olive onion opal orange orchard orchid otter oven owl paddle page paint palace palm
pancake panda paper park parrot parsley path pasta peach peacock peanut pear pearl pebble pelican pen pencil
penguin pepper piano picnic pie pigeon pillow pine pink pizza planet plant plate plum pocket poem pond pony
poppy porch postcard pot potato potter pudding pumpkin puppy purple puzzle quilt rabbit radio radish rain
rainbow raisin recipe red reed ribbon rice ring river road robin rocket roof room rope rose ruby rug sail
salad salt sand sandal saucer scarf school sea seal season seed sesame shadow sheep shelf shell ship shirt
shoe shore silk silver singer sister sky sled sleeve slipper snail snow soap sock sofa song soup south spade
sparrow spice spinach spoon spring square squirrel stable stamp star station steam stone stool stork story
stove straw stream street summer sun sunday sunset swan sweater swing table tailor tea teapot tent thimble
thread thunder tiger tile toast tomato towel tower train tray tree trumpet tulip tunnel turkey turnip turtle
umbrella uncle valley vanilla vase velvet village vine violet violin voice wagon walnut water wave weaver west
whale wheat wheel whistle willow wind window winter wood wool yarn yellow yogurt zebra
`
  .trim()
  .split(/\s+/);
